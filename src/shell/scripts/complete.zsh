# The candidates come from a small sh script and one git; Node is not started.
___IDENT___candidates() {
  builtin command sh -c __CANDIDATES__ sh "$@" 2> /dev/null
}
___IDENT___complete() {
  local line width=0
  local -a lines values shown
  lines=("${(@f)$(___IDENT___candidates all "${(@Q)words[1,CURRENT]}")}")
  # What the shell completes by itself needs the options that it works with.
  case ${lines[1]} in
    :*)
      setopt local_options ${_comp_options[@]}
      [[ $PREFIX != --*=* ]] || compset -P '*='
      case ${lines[1]} in
        :files) _files ;;
        :directories) _files -/ ;;
        :commands) _command_names -e ;;
      esac
      return
      ;;
  esac
  for line in "${lines[@]}"; do
    line=${line%%$'\t'*}
    (( ${#line} > width )) && width=${#line}
  done
  for line in "${lines[@]}"; do
    [[ -n $line ]] || continue
    values+=("${line%%$'\t'*}")
    line=${line#*$'\t'}
    shown+=("${(r:width:)values[-1]}${line:+  -- $line}")
  done
  compadd -V __NAME__ -l -d shown -a values
}
___IDENT___register() {
  (( $+functions[compdef] )) && compdef ___IDENT___complete __NAME__
  precmd_functions=(${precmd_functions:#___IDENT___register})
  unfunction ___IDENT___register
}
# `compinit` may come later in the file that this stands in: then the first prompt is the time.
if (( $+functions[compdef] )); then
  compdef ___IDENT___complete __NAME__
  unfunction ___IDENT___register
elif [[ -o interactive ]]; then
  precmd_functions+=(___IDENT___register)
fi
