# The worktree at hand, for a prompt of bash. In .bashrc, after everything that sets PROMPT_COMMAND:
#   eval "$(wt config shell prompt bash)"
#   PS1='\w ${WT_PROMPT} \$ '        # in single quotes
# With nothing changed this starts no process. WT_PROMPT_AGE: seconds after which a line is made anew (3).

__wt_prompt_script='REFRESH'
__wt_prompt_key= __wt_prompt_state= __wt_prompt_line= __wt_prompt_until=0 __wt_prompt_born=0
__wt_prompt_common= __wt_prompt_asked= __wt_prompt_when=0
__wt_prompt_link= __wt_prompt_target= __wt_prompt_r1= __wt_prompt_r2= __wt_prompt_r3= __wt_prompt_r4=
WT_PROMPT=

# What a .git or commondir file says, in `said`; a path may hold line breaks.
__wt_prompt_say() {
  local more
  said=
  { IFS= read -r said; while IFS= read -r more; do said+=$'\n'$more; done; } <"$1"
}

# Whether the search for a repository ends here, without one: a directory that is gone, a git directory itself, the root,
# a ceiling.
__wt_prompt_ends() {
  local stop stops
  [[ $up != . || . -ef $PWD ]] || return 0
  [[ -e $up/HEAD && ( -d $up/objects || -e $up/commondir ) ]] && return 0
  [[ -d $up/.. && ! $up/.. -ef $up ]] || return 0
  stops=${GIT_CEILING_DIRECTORIES:+$GIT_CEILING_DIRECTORIES:}
  while [[ -n $stops ]]; do
    stop=${stops%%:*} stops=${stops#*:}
    [[ $stop == /* && $up/.. -ef $stop ]] && return 0
  done
  return 1
}

# The git directory that a .git file names, in `git`.
__wt_prompt_follow() {
  local said first=$line
  __wt_prompt_say "$dot"
  [[ $said == 'gitdir: '* ]] || return 1
  git=${said#gitdir: }
  [[ $git == /* ]] || git=$up/$git
  __wt_prompt_link=$PWD//$dot//$first __wt_prompt_target=$git
}

# What all worktrees share.
__wt_prompt_share() {
  local said
  __wt_prompt_common=$git
  if [[ -f $git/commondir ]]; then
    __wt_prompt_say "$git/commondir"
    [[ $said == /* ]] && __wt_prompt_common=$said || __wt_prompt_common=$git/$said
  fi
}

# A remembered line taken apart, as far as it is about this HEAD. What is not as wt writes it counts as nothing: the file
# may be anybody's.
__wt_prompt_parse() {
  local rest=${raw#*$'\x1f'} born refs line code each all=()
  __wt_prompt_state=unknown __wt_prompt_line=
  [[ $raw == *$'\x1f'*$'\x1f'*$'\x1f'* ]] || return 0
  [ "${raw%%$'\x1f'*}" = "$head" ] || return 0
  born=${rest%%$'\x1f'*} rest=${rest#*$'\x1f'}
  refs=${rest%%$'\x1f'*} line=${rest#*$'\x1f'} born=${born%%.*}
  case $born in '' | 0* | *[!0-9]* | ?????????????*) return 0 ;; esac
  rest=${line//[$'\x1d\x1e']/}
  [[ $rest == *[[:cntrl:]]* ]] && return 0
  for each in 1 2 3 4; do
    all+=("${refs:+$__wt_prompt_common/${refs%% *}}")
    [[ $refs == *' '* ]] && refs=${refs#* } || refs=
  done
  __wt_prompt_r1=${all[0]} __wt_prompt_r2=${all[1]} __wt_prompt_r3=${all[2]} __wt_prompt_r4=${all[3]}
  while [[ $line == *$'\x1e'*$'\x1d'* ]]; do
    __wt_prompt_line+=${line%%$'\x1e'*} line=${line#*$'\x1e'}
    code=${line%%$'\x1d'*} line=${line#*$'\x1d'}
    case $code${NO_COLOR:+-} in *[!0-9\;]*) ;; *) __wt_prompt_line+=$'\001\e['$code$'m\002' ;; esac
  done
  __wt_prompt_line+=${line//[$'\x1d\x1e']/}
  age=${WT_PROMPT_AGE-}
  case $age in '' | *[!0-9]* | ?????????*) age=3 ;; esac
  __wt_prompt_state=known __wt_prompt_born=$born __wt_prompt_until=$(( born + 10#$age ))
}

# Has the line made anew in the background: once for each state and three seconds, and by nobody if somebody is at it.
__wt_prompt_refresh() {
  local since= pid=
  [[ -w $git ]] || return 0
  [ "$__wt_prompt_key" != "$__wt_prompt_asked" ] || (( now < __wt_prompt_when || now - __wt_prompt_when > 2 )) || return 0
  if [[ -f $git/wt-prompt.lock ]]; then
    IFS=' ' read -r since pid <"$git/wt-prompt.lock" || :
    case $since$pid in
      '' | 0* | *[!0-9]* | ?????????????????????*) ;;
      *) (( now - since < 5 )) && kill -0 "$pid" && return 0 ;;
    esac
  fi
  __wt_prompt_asked=$__wt_prompt_key __wt_prompt_when=$now
  # From a shell that leaves at once, so that this one has neither a job nor a child.
  ( command sh -c "$__wt_prompt_script" wt-prompt "$git" </dev/null >/dev/null 2>&1 & )
}

# What HEAD says, and that the rest is not known.
__wt_prompt_name() {
  local name
  case $head in
    'ref: refs/heads/.invalid'*) name= ;;
    'ref:'*) name=${head#ref:} name=${name#"${name%%[! ]*}"} name=${name#refs/heads/} ;;
    *) name=${head:0:7} ;;
  esac
  WT_PROMPT=${name//[[:cntrl:]]/?}${name:+ }…
}

# A line that is not there, or not to be relied on. Only what HEAD itself says is certain.
__wt_prompt_stale() {
  if [[ $__wt_prompt_state == known ]]; then
    [[ -n $__wt_prompt_line ]] && __wt_prompt_name
  # A repository without an index may be a bare one, which has no branch to show.
  elif [[ -e $git/index || -n $dot ]]; then
    __wt_prompt_name
  fi
  __wt_prompt_refresh
}

# Sets WT_PROMPT. Leaves $?, $!, PIPESTATUS and the options of the shell as they are.
wt_prompt_update() {
  local left=$? up=. git dot= head= raw= file now age line
  [[ $- == *e* ]] && left=0
  WT_PROMPT=
  # Upwards by "..", as the kernel and git see it.
  while [[ ! -e $up/.git ]]; do
    __wt_prompt_ends && return "$left"
    up=$up/..
  done
  git=$up/.git
  if [[ ! -d $git ]]; then
    dot=$git
    [[ -f $dot && -r $dot ]] && IFS= read -r line <"$dot" || return "$left"
    if [[ $__wt_prompt_link == "$PWD//$dot//$line" ]]; then
      git=$__wt_prompt_target
    else
      __wt_prompt_follow 2>/dev/null || return "$left"
    fi
  fi
  # A HEAD that is a link (very old repositories) would be read as a commit.
  [[ -f $git/HEAD && -r $git/HEAD && ! -L $git/HEAD ]] && IFS= read -r head <"$git/HEAD" || :
  [[ -n $head ]] || return "$left"
  if [[ $head == *.invalid ]]; then
    # A reftable: HEAD is in tables whose names never come twice.
    [[ -f $git/reftable/tables.list ]] && while IFS= read -r line; do head+=" $line"; done <"$git/reftable/tables.list"
  fi
  file=$git/wt-prompt
  [[ -f $file && -r $file ]] && IFS= read -r raw <"$file" || :
  line=$PWD//$git//$head//$raw//${NO_COLOR-}//${WT_PROMPT_AGE-}
  if [ "$line" != "$__wt_prompt_key" ]; then
    __wt_prompt_share 2>/dev/null
    __wt_prompt_parse
    __wt_prompt_key=$line
  fi
  now=${EPOCHSECONDS-}
  [[ -n $now ]] || printf -v now '%(%s)T' -1 2>/dev/null || now=$(command date +%s)
  if [[ $__wt_prompt_state == unknown || $git/index -nt $file || $git/logs/HEAD -nt $file || $git/FETCH_HEAD -nt $file ||
    $__wt_prompt_common/packed-refs -nt $file || $__wt_prompt_common/config -nt $file || $__wt_prompt_r1 -nt $file ||
    -n $__wt_prompt_r2 && $__wt_prompt_r2 -nt $file || -n $__wt_prompt_r3 && $__wt_prompt_r3 -nt $file ||
    -n $__wt_prompt_r4 && $__wt_prompt_r4 -nt $file || -n $dot && $dot -nt $file ||
    $head == *.ref && $__wt_prompt_common/reftable/tables.list -nt $file ]]; then
    __wt_prompt_stale 2>/dev/null
  else
    WT_PROMPT=$__wt_prompt_line
    if (( now > __wt_prompt_until || now < __wt_prompt_born )); then __wt_prompt_refresh 2>/dev/null; fi
  fi
  return "$left"
}

# Prints the segment; for a prompt that is put together by a command.
wt_prompt() {
  wt_prompt_update
  printf '%s' "$WT_PROMPT"
}

case " ${PROMPT_COMMAND[*]-} " in
  *wt_prompt_update*) ;;
  *)
    if (( BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501 )); then
      PROMPT_COMMAND+=(wt_prompt_update)
    else
      PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}wt_prompt_update
    fi
    ;;
esac
