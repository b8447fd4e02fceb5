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
path='' dir='' expected='' rest='' position=0 prefix='' first='' loaded=''

# The table calls these three for the command whose path it is given; `mode` says what they are to do.
sub() {
  case $mode in
    find) [ "$1" = "$word" ] && found=1 ;;
    list) [ "$position" -gt 0 ] || offer "$1" "$2" ;;
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
    :alias) each_line show_alias ;;
    :hook-name)
      case $first in pre-create) first=pre-start ;; post-create) first=post-start ;; esac
      each_line show_hook
      ;;
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
# What the configuration names: lines that the program keeps in a file, or prints where one of its sources has changed
# since (see src/shell/completion/name-lines.ts). Such a file is read without a process.
load() {
  [ -z "$loaded" ] || return 0
  loaded=1 lines='' store='' here=${dir:-$PWD}
  newline='
'
  tab=$(printf '\t')
  key="1|${HOME-}|${XDG_CONFIG_HOME-}|${XDG_CONFIG_DIRS-}|${WT_CONFIG_PATH-}|${WT_SYSTEM_CONFIG_PATH-}|${WT_PROJECT_CONFIG_PATH-}"
  case $here in /*) ;; *) here=$PWD/$here ;; esac
  while [ -n "$here" ]; do
    if [ -d "$here/.git" ]; then
      store=$here/.git
      break
    elif [ -f "$here/.git" ] && first_line "$here/.git"; then
      store=${line#gitdir: }
      case $store in /*) ;; *) store=$here/$store ;; esac
      break
    fi
    # What stands before `..` is no part of the path.
    case $here in */.. | */../*) break ;; esac
    here=${here%/*}
  done
  file=''
  if [ -n "$store" ]; then
    name=main
    if [ -f "$store/commondir" ] && first_line "$store/commondir"; then
      name=worktree-${store##*/}
      case $line in /*) store=$line ;; *) store=$store/$line ;; esac
    fi
    file=$store/wt/cache/names/$name
  elif [ -z "$here" ]; then
    case ${XDG_CACHE_HOME-} in /*) file=$XDG_CACHE_HOME/wt/names ;; *) file=${HOME-}/.cache/wt/names ;; esac
  fi
  remembered || lines=$("${WT_BIN:-__PROGRAM__}" ${dir:+-C "$dir"} config shell names 2> /dev/null)
}
first_line() {
  line=''
  IFS='' read -r line < "$1" || [ -n "$line" ]
}
remembered() {
  [ -f "$file" ] || return 1
  # POSIX has -nt and -ef since 2024, and every sh that is used has had them long before; its time alone is compared.
  # shellcheck disable=SC3013,SC2094
  {
    IFS='' read -r line && [ "$line" = "$key" ] || return 1
    while IFS='' read -r line; do
      case $line in
        +*) [ -e "${line#+}" ] && ! [ "${line#+}" -nt "$file" ] || return 1 ;;
        -*) ! [ -e "${line#-}" ] || return 1 ;;
        @*) [ "${line#@}" -ef "$here" ] || return 1 ;;
        *) lines=$lines$line$newline ;;
      esac
    done
  } < "$file"
}
each_line() {
  load
  while IFS=$tab read -r kind name what like; do "$1"; done << LINES
$lines
LINES
}
show_alias() {
  [ "$kind" != alias ] || offer "$name" "$what"
}
show_hook() {
  [ "$kind" != hook ] || [ "$name" != "$first" ] || offer "$what" "$like"
}
# An alias that hands its words to a command is completed as that command.
enter_alias() {
  if [ "$kind" = alias ] && [ "$name" = "$word" ] && [ -n "$like" ]; then path=$like position=0 first=''; fi
}
# Aliases and programs that no command of ours hides, each once.
named() {
  case $newline$seen in *"$newline$1$newline"*) return 0 ;; esac
  seen=$seen$1$newline mode=find found='' word=$1
  table ''
  mode=list
  [ -n "$found" ] || offer "$1" "$2"
}
name_alias() {
  [ "$kind" != alias ] || named "$name" "$what"
}
programs() {
  IFS=:
  for directory in ${PATH-}; do
    unset IFS
    case $directory in /*) ;; *) continue ;; esac
    set +f
    for file in "$directory"/wt-?*; do
      case ${file##*/} in *[[:cntrl:][:space:]]*) continue ;; esac
      if [ -f "$file" ] && [ -x "$file" ]; then named "${file##*/wt-}" "program $file"; fi
    done
    set -f
  done
  unset IFS
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
        if [ -n "$found" ]; then
          path="${path:+$path }$word"
        else
          [ "$position" -gt 0 ] || first=$word
          position=$((position + 1))
          [ "$position-$path" != 1- ] || each_line enter_alias
        fi
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
      if [ "$position-$path" = 0- ]; then
        seen=''
        each_line name_alias
        programs
      fi
      ;;
  esac
fi
