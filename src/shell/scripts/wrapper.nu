# wt shell integration for nushell 0.113 or newer

export def "nu-complete __NAME__" [place] {
    # nushell 0.116 hands over a record; before that it is the list of words.
    let words = if ($place | describe | str starts-with "record") { $place.command } else { $place }
    let found = (try { with-env {COMPLETE: nu} { ^(__IDENT__-program) -- ...$words } | complete } catch { return [] })
    $found.stdout | lines | each {|line|
        let parts = ($line | split row "\t")
        {value: $parts.0, description: ($parts | get --optional 1 | default "")}
    }
}

def __IDENT__-program [] {
    if ($env.WT_BIN? | is-not-empty) { return $env.WT_BIN }
    let found = (which --all __NAME__ | where type == external)
    if ($found | is-empty) { error make {msg: "there is no program __NAME__ on PATH"} }
    $found.0.path
}

# Changes directory where the program asks for it. What it prints is the value of the command, except where it is shown
# while it comes: `list`, and everything with `-x`.
@complete "nu-complete __NAME__"
export def --env --wrapped __NAME__ [...args] {
    let program = (__IDENT__-program)
    let words = ($args | each {|arg| $arg | into string })
    if ($env.COMPLETE? | is-not-empty) or ($words | get --optional 0) == "list" { return (^$program ...$args) }
    let streams = ($words | take until {|word| $word == "--" } | any {|word|
        $word == "--execute" or ($word starts-with "--execute=") or $word =~ '^-[a-zA-Z]*x'
    })
    let directory = ($env.XDG_RUNTIME_DIR? | default "")
    let directory = if ($directory | is-not-empty) and ($directory | path exists) { $directory } else { $nu.temp-dir? | default $nu.temp-path? }
    let cd_file = (mktemp --tmpdir-path $directory "wt.XXXXXXXXXX")
    let out_file = (mktemp --tmpdir-path $directory "wt.XXXXXXXXXX")
    let result = (try {
        let code = (try {
            with-env {WT_DIRECTIVE_CD_FILE: $cd_file} {
                if $streams { ^$program ...$args } else { ^$program ...$args o> $out_file }
            }
            0
        } catch {
            if $env.LAST_EXIT_CODE < 0 { 128 - $env.LAST_EXIT_CODE } else { $env.LAST_EXIT_CODE }
        })
        let printed = if $streams { "" } else { open --raw $out_file }
        if $code != 0 and ($printed | is-not-empty) { print --no-newline $printed }
        {code: $code, printed: $printed}
    } finally {
        try {
            let target = (open --raw $cd_file | str replace --regex '\n\z' "")
            if ($target | is-not-empty) { cd $target }
        } finally {
            if $nu.os-info.family == "windows" { try { rm --force $cd_file $out_file } } else { try { ^rm -f -- $cd_file $out_file } }
        }
    })
    if $result.code != 0 {
        # The same code again, without a trace of this file.
        ^$nu.current-exe --no-config-file --no-std-lib --commands $"exit ($result.code)"
    } else if ($result.printed | is-not-empty) {
        $result.printed
    }
}
