# Changes directory where the program asks for it. What the user made of `cd`, `rm` and the like has no part in it.
function __NAME__
    if test -n "$COMPLETE"
        if test -n "$WT_BIN"
            command $WT_BIN $argv
        else
            command __NAME__ $argv
        end
        return
    end
    set -l __wt_program __NAME__
    test -n "$WT_BIN"; and set __wt_program $WT_BIN
    set -l __wt_directory $XDG_RUNTIME_DIR
    if not test -d "$__wt_directory" -a -w "$__wt_directory"
        set __wt_directory $TMPDIR
        test -n "$__wt_directory"; or set __wt_directory /tmp
    end
    set -l __wt_file (command mktemp "$__wt_directory/wt.XXXXXXXXXX")
    or begin
        command $__wt_program $argv
        return
    end
    # An interrupt ends this function or, in newer releases, the whole line: then the event does what is left to do.
    set -l __wt_finish __wt_finish_(string replace --all --regex '\W' _ -- $__wt_file)
    set -l __wt_run {$__wt_finish}_run
    function $__wt_run --inherit-variable __wt_file
        set -lx WT_DIRECTIVE_CD_FILE $__wt_file
        command $argv
    end
    function $__wt_finish --on-event fish_postexec --on-event fish_exit --inherit-variable __wt_file --inherit-variable __wt_finish --inherit-variable __wt_run
        functions --erase $__wt_finish $__wt_run
        set -l code 0
        if test -s $__wt_file
            set -l target
            builtin read --null target <$__wt_file
            # Only the last newline is none of the path's; the slash keeps others before it from being cut.
            builtin cd -- (string replace --regex '(?s)^(.*?)/?\n\z' '$1/' -- $target | string collect)
            set code $status
        end
        command rm -f -- $__wt_file
        return $code
    end
    $__wt_run $__wt_program $argv
    set -l code $status
    $__wt_finish
    set -l moved $status
    # Older releases go on with the caller after an interrupt; a loop has to stop.
    test $code -ne 130; or command kill -s INT $fish_pid
    test $code -eq 0; or return $code
    return $moved
end
