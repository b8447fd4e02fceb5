# Prints what may stand at the cursor: one candidate a line, a tab, a description. A first line that is `:files`,
# `:directories` or `:commands` leaves it to the shell. Names of branches are data: they are printed, never evaluated.
#
# Arguments: `all` or `names` (no descriptions, and only what goes on from the current word), then the words up to the
# cursor, the program's own name first. The last word is the current one. Table and engine: docs/decisions/0010-shell-integration.md
set -f
scope=$1
shift
[ $# -gt 1 ] || exit 0
shift
path='' dir='' expected='' rest='' position=0 prefix=''

# The table calls these three for the command whose path it is given; `mode` says what they are to do.
sub() {
  case $mode in
    find) [ "$1" = "$word" ] && found=1 ;;
    list) offer "$1" "$2" ;;
  esac
}
flag() {
  case $mode in
    value) case " $1 " in *" $word "*) value=$2 ;; esac ;;
    flags)
      for name in $1; do
        # A letter is offered only where it has been typed.
        if [ "${#name}" -ne 2 ] || [ "$current" = "$name" ]; then offer "$name" "$3"; fi
      done
      ;;
  esac
}
takes() {
  [ "$mode" = list ] || return 0
  repeats=$1
  shift
  [ "$repeats" = many ] && [ "$position" -ge $# ] && position=$(($# - 1))
  [ "$position" -lt $# ] || return 0
  shift "$position"
  offers "$1"
}
table() {
  __TABLE__ "$1"
}

offer() {
  case $scope in
    all) printf '%s\t%s\n' "$1" "$2" ;;
    *) case $1 in "$current"*) printf '%s\n' "$1" ;; esac ;;
  esac
}
offers() {
  case $1 in
    :branch) branches refs/heads refs/remotes ;;
    :revision) full=1 && branches refs/heads refs/remotes ;;
    :local-branch) branches refs/heads ;;
    :worktree) only=w && branches refs/heads ;;
    :file) echo :files ;;
    :directory) echo :directories ;;
    :command) echo :commands ;;
    :*) ;;
    *) for each in $1; do offer "$prefix$each" ''; done ;;
  esac
}
enter() {
  dir=$1
  case $dir in \~ | \~/*) dir=${HOME-}${dir#?} ;; esac
}
# One git for all of it. Those of worktrees come first, then local ones, then remote ones, each the youngest first.
branches() {
  case ${current#"$prefix"} in /* | ./* | ../* | \~*)
    echo :directories
    return 0
    ;;
  esac
  git ${dir:+-C "$dir"} for-each-ref --sort=-committerdate --sort=refname:rstrip=-2 --format='%(refname)%09%(if)%(worktreepath)%(then)w%(end)%09%(symref)%09%(upstream:remotename)%09%(committerdate:relative)' "$@" 2> /dev/null |
    LC_ALL=C scope=$scope current=$current prefix=$prefix full=${full-} only=${only-} awk '
      BEGIN { FS = "\t"; want = ENVIRON["current"]; prefix = ENVIRON["prefix"]; all = ENVIRON["scope"] == "all" }
      function show(name, what, age) {
        name = prefix name
        if (all) print name "\t" what (age == "" ? "" : ", " age)
        else if (substr(name, 1, length(want)) == want) print name
      }
      function remote(name,  known, best) {
        for (known in remotes) if (index(name, known "/") == 1 && length(known) > length(best)) best = known
        return best != "" ? best : substr(name, 1, index(name, "/") - 1)
      }
      index($1, "refs/heads/") == 1 {
        name = substr($1, 12)
        if ($4 != "") remotes[$4]
        taken[name]
        if ($2 == "w") show(name, "worktree", $5)
        else if (ENVIRON["only"] == "") { later[++locals] = name; age[locals] = $5 }
        next
      }
      $3 != "" { sub(/\/[^\/]*$/, "", $1); remotes[substr($1, 14)]; next }
      { far[++fars] = substr($1, 14); farAge[fars] = $5 }
      END {
        for (i = 1; i <= locals; i++) show(later[i], "branch", age[i])
        for (i = 1; i <= fars; i++) {
          owner = remote(far[i])
          name = substr(far[i], length(owner) + 2)
          if (name == "HEAD") continue
          if (ENVIRON["full"] != "") show(far[i], owner, farAge[i])
          else if (!(name in taken)) { taken[name]; show(name, owner, farAge[i]) }
        }
      }'
}

while [ $# -gt 1 ]; do
  word=$1
  shift
  if [ -n "$expected" ]; then
    [ "$expected" = :start ] && enter "$word"
    expected=''
  elif [ -z "$rest" ]; then
    case $word in
      --) rest=1 ;;
      --directory=*) enter "${word#*=}" ;;
      -C?*) enter "${word#-C}" ;;
      --*=*) ;;
      -?*)
        # Of short flags in one word, the last may take a value.
        case $word in --*) ;; *) word=-${word#"${word%?}"} ;; esac
        mode=value value=''
        table "$path"
        expected=$value
        case $word in -C | --directory) expected=:start ;; esac
        ;;
      *)
        mode=find found=''
        [ "$position" -gt 0 ] || table "$path"
        if [ -n "$found" ]; then path="${path:+$path }$word"; else position=$((position + 1)); fi
        ;;
    esac
  fi
done
current=$1
[ "$expected" = :start ] && expected=:directory
if [ -n "$expected" ]; then
  offers "$expected"
elif [ -n "$rest" ]; then
  echo :files
else
  case $current in
    --*=*)
      word=${current%%=*} prefix="${current%%=*}=" mode=value value=''
      table "$path"
      offers "$value"
      ;;
    -?*)
      mode=flags
      table "$path"
      ;;
    *)
      mode=list
      table "$path"
      ;;
  esac
fi
