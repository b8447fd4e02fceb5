# The candidates come from a small sh script and one git; Node is not started.
___IDENT___candidates() {
  \builtin command sh -c __CANDIDATES__ sh "$@" 2> /dev/null
}
___IDENT___reply() {
  \builtin mapfile -t COMPREPLY <<< "$1" && return
  # Releases before 4.0 have no `mapfile`.
  local __wt_line
  while IFS='' \builtin read -r __wt_line; do COMPREPLY[${#COMPREPLY[@]}]=$__wt_line; done <<< "$1"
}
___IDENT___complete() {
  local __wt_at __wt_word __wt_line __wt_piece='' __wt_cut='' __wt_quote='' __wt_last=-1 __wt_words=()
  COMPREPLY=()
  # bash takes `--flag=value` for three words.
  for ((__wt_at = 0; __wt_at <= COMP_CWORD; __wt_at++)); do
    __wt_word=${COMP_WORDS[__wt_at]-}
    __wt_piece=$__wt_word
    if [[ $__wt_last -ge 0 && ${__wt_words[__wt_last]} == --* && ($__wt_word == '=' || ${__wt_words[__wt_last]} == *=) ]]; then
      [[ $__wt_word != '=' ]] || __wt_piece=''
      __wt_words[__wt_last]+=$__wt_word
      __wt_cut=${__wt_words[__wt_last]%"$__wt_piece"}
    else
      case $__wt_word in
        \'* | \"*)
          __wt_quote=${__wt_word:0:1}
          __wt_word=${__wt_word:1}
          __wt_word=${__wt_word%"$__wt_quote"}
          ;;
        *)
          __wt_quote=''
          __wt_word=${__wt_word//\\/}
          ;;
      esac
      __wt_cut=''
      __wt_words[++__wt_last]=$__wt_word
    fi
  done
  __wt_line=$(___IDENT___candidates names "${__wt_words[@]}")
  case $__wt_line in
    '') return ;;
    :files) \builtin compopt -o default ;;
    :directories) \builtin compopt -o dirnames ;;
    :commands) ___IDENT___reply "$(\builtin compgen -c -- "${__wt_words[__wt_last]}")" ;;
    *) ___IDENT___reply "$__wt_line" ;;
  esac
  # Most names stand for themselves; going through many of them takes its time.
  [[ -n $__wt_cut || "${COMPREPLY[*]}" == *[!\ a-zA-Z0-9_./=+@%,-]* ]] || return 0
  for ((__wt_at = 0; __wt_at < ${#COMPREPLY[@]}; __wt_at++)); do
    __wt_line=${COMPREPLY[__wt_at]#"$__wt_cut"}
    case $__wt_quote in
      \') __wt_line=${__wt_line//$__wt_quote/"'\\''"} ;;
      \")
        for __wt_word in \\ \" \$ \`; do __wt_line=${__wt_line//"$__wt_word"/"\\$__wt_word"}; done
        ;;
      *) \builtin printf -v __wt_line '%q' "$__wt_line" ;;
    esac
    COMPREPLY[__wt_at]=$__wt_line
  done
} 2> /dev/null
\builtin complete -o nosort -F ___IDENT___complete __NAME__ 2> /dev/null ||
  \builtin complete -F ___IDENT___complete __NAME__
