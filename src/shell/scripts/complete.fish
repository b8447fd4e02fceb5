# The candidates come from a small sh script and one git; Node is not started.
function ___IDENT___complete
    set -l lines (command sh -c __CANDIDATES__ sh all (commandline -opc) (commandline -ct) 2>/dev/null)
    set -l current (string replace --regex '^--[^=]*=' '' -- (commandline -ct))
    switch "$lines[1]"
        case :files
            __fish_complete_path $current
        case :directories
            __fish_complete_directories $current
        case :commands
            __fish_complete_command
        case '*'
            printf '%s\n' $lines
    end
end
complete --command __NAME__ --erase
complete --command __NAME__ --no-files --keep-order --arguments '(___IDENT___complete)'
