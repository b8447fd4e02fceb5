# Changes directory where the program asks for it. What the user made of `cd`, `rm` and the like has no part in it.
__NAME__() {
  if [[ -n ${COMPLETE:-} ]]; then
    \builtin command "${WT_BIN:-__NAME__}" "$@"
    return
  fi
  local __wt_code=0 __wt_signal='' __wt_target='' __wt_file='' __wt_int='' __wt_exit='' __wt_held=''
  local __wt_directory=${XDG_RUNTIME_DIR:-} __wt_options=$-
  # `set -e` would end the shell at the program's failure: bash overlooks an `||` behind `builtin command`.
  \builtin set +e
  [[ -d $__wt_directory && -w $__wt_directory ]] || __wt_directory=${TMPDIR:-/tmp}
  # A caught signal is the default one again for a child. When that has ended, the hand-off is done, then the signal.
  __wt_int=$(\builtin trap -p INT)
  [[ $__wt_int == "trap -- '' "* ]] || \builtin trap '__wt_signal=INT' INT
  __wt_file=$(\builtin command mktemp "$__wt_directory/wt.XXXXXXXXXX") || __wt_file=''
  if [[ -n $__wt_file ]]; then
    # If this shell is ended meanwhile, the file goes too. In a subshell the trap that shows is not its own.
    if [[ $BASH_SUBSHELL -eq 0 ]]; then
      __wt_exit=$(\builtin trap -p EXIT)
      \builtin printf -v __wt_held '%s' "${__wt_exit#trap -- }"
      \builtin printf -v __wt_held '__wt_leave %q; \\builtin eval %s' "$__wt_file" "${__wt_held% EXIT}"
      \builtin trap -- "$__wt_held" EXIT
    fi
    WT_DIRECTIVE_CD_FILE=$__wt_file \builtin command "${WT_BIN:-__NAME__}" "$@" || __wt_code=$?
    if [[ -s $__wt_file ]]; then
      # All bytes of the path; only the last newline is none of it.
      IFS='' \builtin read -r -d '' __wt_target < "$__wt_file"
      \builtin cd -- "${__wt_target%$'\n'}" || [[ $__wt_code -ne 0 ]] || __wt_code=1
    fi
    \builtin command rm -f -- "$__wt_file"
    if [[ -n $__wt_exit ]]; then
      \builtin eval "\\builtin $__wt_exit"
    elif [[ -n $__wt_held ]]; then
      \builtin trap - EXIT
    fi
  else
    \builtin command "${WT_BIN:-__NAME__}" "$@" || __wt_code=$?
  fi
  if [[ -n $__wt_int ]]; then \builtin eval "\\builtin $__wt_int"; else \builtin trap - INT; fi
  [[ $__wt_options != *e* ]] || \builtin set -e
  if [[ $__wt_code -eq 130 && (-n $__wt_signal || $- == *i*) ]]; then
    \builtin kill -s INT "${BASHPID:-$$}"
  fi
  \builtin return "$__wt_code"
}
__wt_leave() {
  local __wt_code=$?
  \builtin command rm -f -- "$1"
  \builtin return "$__wt_code"
}
