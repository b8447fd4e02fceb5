# wt shell integration for fish: taken from the program on first use
# To take it out again: wt config shell uninstall fish
function __NAME__
    set -l __wt_program __NAME__
    test -n "$WT_BIN"; and set __wt_program $WT_BIN
    if test -n "$COMPLETE"
        command $__wt_program $argv
        return
    end
    command $__wt_program config shell init fish --cmd __NAME__ | source
    set -l __wt_status $pipestatus
    test $__wt_status[1] -eq 0; or return $__wt_status[1]
    test $__wt_status[2] -eq 0; or return $__wt_status[2]
    __NAME__ $argv
end
