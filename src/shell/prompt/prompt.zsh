# The worktree at hand, for a prompt of zsh. In .zshrc:
#   eval "$(wt config shell prompt zsh)"
#   setopt prompt_subst
#   PROMPT='%~ ${WT_PROMPT} %# '        # in single quotes
# With nothing changed this starts no process. WT_PROMPT_AGE: seconds after which a line is made anew (3).

zmodload zsh/datetime zsh/system

typeset -g __wt_prompt_script='REFRESH'
typeset -g __wt_prompt_key= __wt_prompt_state= __wt_prompt_line= __wt_prompt_born=0 __wt_prompt_until=0 WT_PROMPT=
typeset -g __wt_prompt_common= __wt_prompt_asked= __wt_prompt_when=0
typeset -g __wt_prompt_r1= __wt_prompt_r2= __wt_prompt_r3= __wt_prompt_r4=

# Whether the search for a repository ends here, without one: a directory that is gone, a git directory itself, the root,
# a ceiling.
__wt_prompt_ends() {
  local stop
  [[ $up != . || . -ef $PWD ]] || return 0
  [[ -e $up/HEAD && ( -d $up/objects || -e $up/commondir ) ]] && return 0
  [[ -d $up/.. && ! $up/.. -ef $up ]] || return 0
  for stop in ${(s.:.)GIT_CEILING_DIRECTORIES-}; do
    [[ $stop == /* && $up/.. -ef $stop ]] && return 0
  done
  return 1
}

# What all worktrees share.
__wt_prompt_share() {
  local said
  __wt_prompt_common=$git
  if [[ -f $git/commondir ]] && sysread -s 8192 said <$git/commondir; then
    said=${said%%$'\n'#}
    [[ $said == /* ]] && __wt_prompt_common=$said || __wt_prompt_common=$git/$said
  fi
}

# Text for PROMPT, in which a percent sign begins a sequence, and with an option an exclamation mark.
__wt_prompt_plain() {
  REPLY=${1//\%/%%}
  [[ -z $bang ]] || REPLY=${REPLY//\!/!!}
}

# A remembered line taken apart, as far as it is about this HEAD. What is not as wt writes it counts as nothing: the file
# may be anybody's.
__wt_prompt_parse() {
  local -a parts=("${(@ps:\x1f:)raw}") pieces refs
  local piece REPLY
  __wt_prompt_state=unknown __wt_prompt_line=
  (( $#parts == 4 )) || return 0
  [[ "$parts[1]" == "$head" ]] || return 0
  [[ ${parts[2]%%.*} == [1-9][0-9]# && $#parts[2] -lt 18 ]] || return 0
  [[ ${parts[4]//[$'\x1d\x1e']/} == *[[:cntrl:]]* ]] && return 0
  pieces=("${(@ps:\x1e:)parts[4]}")
  __wt_prompt_plain "$pieces[1]"
  __wt_prompt_line=$REPLY
  for piece in "${(@)pieces[2,-1]}"; do
    [[ -z ${NO_COLOR-} && ${piece%%$'\x1d'*} == [0-9\;]# ]] && __wt_prompt_line+="%{"$'\e'"[${piece%%$'\x1d'*}m%}"
    __wt_prompt_plain "${piece#*$'\x1d'}"
    __wt_prompt_line+=$REPLY
  done
  refs=(${(s: :)parts[3]})
  refs=($__wt_prompt_common/${^refs})
  __wt_prompt_r1=${refs[1]-} __wt_prompt_r2=${refs[2]-} __wt_prompt_r3=${refs[3]-} __wt_prompt_r4=${refs[4]-}
  local age=${WT_PROMPT_AGE-}
  [[ $age == [0-9]## && $#age -lt 9 ]] || age=3
  __wt_prompt_state=known __wt_prompt_born=${parts[2]%%.*}
  __wt_prompt_until=$(( __wt_prompt_born + age ))
}

# Draws the prompt again when the line has come, unless it is the same or somebody else's turn.
__wt_prompt_ready() {
  local before=$WT_PROMPT fd=$1
  zle -F $fd
  exec {fd}<&-
  wt_prompt_update shown
  [[ "$before" == "$WT_PROMPT" ]] || { zle && zle reset-prompt }
}

# Has the line made anew in the background: once for each state and three seconds, and by nobody if somebody is at it.
__wt_prompt_refresh() {
  local since pid fd now=$EPOCHSECONDS
  [[ -w $git ]] || return 0
  [[ "$__wt_prompt_key" != "$__wt_prompt_asked" ]] || (( now < __wt_prompt_when || now - __wt_prompt_when > 2 )) || return 0
  if [[ -f $git/wt-prompt.lock ]] && sysread -s 64 since <$git/wt-prompt.lock; then
    since=${since%%$'\n'*} pid=${since#* } since=${since%% *}
    [[ $since$pid == [1-9][0-9]# && $#since -lt 13 ]] && (( now - since < 5 )) && kill -0 $pid && return 0
  fi
  __wt_prompt_asked=$__wt_prompt_key __wt_prompt_when=$now
  # From a shell that leaves at once, so that this one has neither a job nor a child.
  if [[ -o interactive && -o zle ]]; then
    exec {fd}< <( ( command sh -c $__wt_prompt_script wt-prompt $git </dev/null 2>/dev/null & ) )
    zle -F $fd __wt_prompt_ready
  else
    ( command sh -c $__wt_prompt_script wt-prompt $git </dev/null >/dev/null 2>&1 & )
  fi
}

# What HEAD says, and that the rest is not known.
__wt_prompt_name() {
  local name REPLY
  case $head in
    ('ref: refs/heads/.invalid'*) name= ;;
    ('ref:'*) name=${${${head#ref:}## #}#refs/heads/} ;;
    (*) name=$head[1,7] ;;
  esac
  __wt_prompt_plain "${name//[[:cntrl:]]/?}"
  WT_PROMPT=$REPLY${name:+ }…
}

# A line that is not there, or not to be relied on. Only what HEAD itself says is certain.
__wt_prompt_stale() {
  if [[ $__wt_prompt_state == known ]]; then
    [[ -n $__wt_prompt_line ]] && __wt_prompt_name
  # A repository without an index may be a bare one, which has no branch to show.
  elif [[ -e $git/index || -n $dot ]]; then
    __wt_prompt_name
  fi
  [[ -n $shown ]] || __wt_prompt_refresh
}

# Sets WT_PROMPT. Leaves $? and the options of the shell as they are.
wt_prompt_update() {
  local left=$? up=. shown=${1-} bang git dot head raw file key
  [[ -o prompt_bang ]] && bang=1
  emulate -L zsh -o extended_glob -o no_bg_nice
  WT_PROMPT=
  # Upwards by "..", as the kernel and git see it.
  while [[ ! -e $up/.git ]]; do
    __wt_prompt_ends && return $left
    up=$up/..
  done
  git=$up/.git
  if [[ ! -d $git ]]; then
    dot=$git
    [[ -f $dot && -r $dot ]] && sysread -s 8192 git <$dot || return $left
    [[ $git == 'gitdir: '* ]] || return $left
    # Without the line breaks at the end; others belong to the path.
    git=${${git#gitdir: }%%$'\n'#}
    [[ $git == /* ]] || git=$up/$git
  fi
  # A HEAD that is a link (very old repositories) would be read as a commit.
  [[ -f $git/HEAD && -r $git/HEAD && ! -L $git/HEAD ]] && sysread -s 8192 head <$git/HEAD
  head=${head%%$'\n'*}
  [[ -n $head ]] || return $left
  if [[ $head == *.invalid ]]; then
    # A reftable: HEAD is in tables whose names never come twice.
    [[ -f $git/reftable/tables.list ]] && head+=" ${(j: :)${(f)"$(<$git/reftable/tables.list)"}}"
  fi
  file=$git/wt-prompt
  [[ -f $file && -r $file ]] && sysread -s 8192 raw <$file
  raw=${raw%%$'\n'*}
  key=$PWD//$git//$head//$raw//${NO_COLOR-}//${WT_PROMPT_AGE-}//$bang
  if [[ $key != "$__wt_prompt_key" ]]; then
    __wt_prompt_share 2>/dev/null
    __wt_prompt_parse
    __wt_prompt_key=$key
  fi
  if [[ $__wt_prompt_state == unknown || $git/index -nt $file || $git/logs/HEAD -nt $file || $git/FETCH_HEAD -nt $file ||
    $__wt_prompt_common/packed-refs -nt $file || $__wt_prompt_common/config -nt $file || $__wt_prompt_r1 -nt $file ||
    -n $__wt_prompt_r2 && $__wt_prompt_r2 -nt $file || -n $__wt_prompt_r3 && $__wt_prompt_r3 -nt $file ||
    -n $__wt_prompt_r4 && $__wt_prompt_r4 -nt $file || -n $dot && $dot -nt $file ||
    $head == *.ref && $__wt_prompt_common/reftable/tables.list -nt $file ]]; then
    __wt_prompt_stale 2>/dev/null
  else
    WT_PROMPT=$__wt_prompt_line
    if (( EPOCHSECONDS > __wt_prompt_until || EPOCHSECONDS < __wt_prompt_born )); then
      [[ -n $shown ]] || __wt_prompt_refresh 2>/dev/null
    fi
  fi
  return $left
}

# Prints the segment; for a prompt that is put together by a command.
wt_prompt() {
  wt_prompt_update
  print -rn -- "$WT_PROMPT"
}

typeset -gaU precmd_functions
precmd_functions+=(wt_prompt_update)
