# Changes directory where the program asks for it. What the user made of `cd`, `rm` and the like has no part in it.
__NAME__() {
  if [[ -n ${COMPLETE:-} ]]; then
    builtin command "${WT_BIN:-__NAME__}" "$@"
    return
  fi
  local __wt_file='' __wt_target='' __wt_directory=${XDG_RUNTIME_DIR:-}
  local -i __wt_code=0
  [[ -d $__wt_directory && -w $__wt_directory ]] || __wt_directory=${TMPDIR:-/tmp}
  {
    if __wt_file=$(builtin command mktemp "$__wt_directory/wt.XXXXXXXXXX"); then
      WT_DIRECTIVE_CD_FILE=$__wt_file builtin command "${WT_BIN:-__NAME__}" "$@"
    else
      __wt_file=''
      builtin command "${WT_BIN:-__NAME__}" "$@"
    fi
  } always {
    __wt_code=$?
    if [[ -n $__wt_file ]]; then
      if [[ -s $__wt_file ]]; then
        # All bytes of the path; only the last newline is none of it.
        IFS='' builtin read -r -d '' __wt_target < "$__wt_file"
        builtin cd -- "${__wt_target%$'\n'}" || (( __wt_code )) || __wt_code=1
      fi
      builtin command rm -f -- "$__wt_file"
    fi
  }
  return $__wt_code
}
