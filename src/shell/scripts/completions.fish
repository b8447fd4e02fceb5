# wt completions for fish: taken from the program on first use
# To take them out again: wt config shell uninstall fish
set -l __wt_program __NAME__
test -n "$WT_BIN"; and set __wt_program $WT_BIN
command $__wt_program config shell completions fish --cmd __NAME__ 2>/dev/null | source
