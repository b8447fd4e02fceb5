# The worktree at hand, for a prompt of fish (3.6 or newer). In config.fish:
#   wt config shell prompt fish | source
#   function fish_prompt
#       echo -n (prompt_pwd)' '
#       wt_prompt                      # also sets WT_PROMPT
#       echo -n ' > '
#   end
# With nothing changed this starts no process. WT_PROMPT_AGE: seconds after which a line is made anew (3).

set -g __wt_prompt_script 'REFRESH'
set -g __wt_prompt_key
set -g __wt_prompt_state unknown
set -g __wt_prompt_said
set -g __wt_prompt_target
set -g __wt_prompt_line
set -g __wt_prompt_refs
set -g __wt_prompt_known
set -g __wt_prompt_common
set -g __wt_prompt_asked
set -g __wt_prompt_when 0
set -g __wt_prompt_until 0
set -g WT_PROMPT
# A clock that can be read without starting anything; only differences are looked at.
set -g __wt_prompt_clock /proc/uptime
test -r /proc/uptime; or set __wt_prompt_clock

# Whether the search for a repository ends here, without one: a git directory itself, the root, a ceiling, no parent.
function __wt_prompt_ends -a up
    if test -e $up/HEAD
        test -d $up/objects -o -e $up/commondir; and return 0
    end
    test -d $up/..; or return 0
    test $up/.. -ef $up; and return 0
    if set -q GIT_CEILING_DIRECTORIES
        for stop in (string split : -- $GIT_CEILING_DIRECTORIES)
            string match -q '/*' -- $stop; and test $up/.. -ef $stop; and return 0
        end
    end
    return 1
end

# What all worktrees share, for a git directory that was not the last one. One string never leads to two places at once
# but for relative ones, which the directory tells apart.
function __wt_prompt_share -a known git
    set __wt_prompt_common $git
    set __wt_prompt_known $known
    if test -f $git/commondir
        read -z -l said <$git/commondir
        string match -rq '^(?<target>(?s:.*?))\n*$' -- $said
        string match -q '/*' -- $target; or set target $git/$target
        set __wt_prompt_common $target
    end
end

# A remembered line taken apart. What is not as wt writes it counts as nothing: the file may be anybody's.
function __wt_prompt_parse -a raw expected file
    set __wt_prompt_state unknown
    set __wt_prompt_line ''
    set __wt_prompt_refs
    set __wt_prompt_until 0
    set -l form '^(?<head>[^\x1f]+)\x1f[1-9][0-9.]*\x1f(?<refs>[^\x1f]*)\x1f(?<line>[^\x00-\x1c\x1f\x7f-\x9f]*)$'
    string match -rq -- $form $raw; or return
    test $head = $expected; or return
    set __wt_prompt_refs $__wt_prompt_common/(string split -n ' ' -- $refs)[1..8]
    if test -n "$NO_COLOR"
        set line (string replace -ra '\x1e[^\x1d]*\x1d' '' -- $line)
    else
        set line (string replace -ra '\x1e([0-9;]*)\x1d' \e'[$1m' -- $line)
    end
    set __wt_prompt_line (string replace -ra '[\x1d\x1e]' '' -- $line)
    set -l age $WT_PROMPT_AGE
    string match -rq '^[0-9]{1,8}$' -- "$age"; or set age 3
    __wt_prompt_tick
    set __wt_prompt_until (math $__wt_prompt_now + $age - (path mtime -R -- $file))
    set __wt_prompt_state known
end

# The clock, in `__wt_prompt_now`.
function __wt_prompt_tick
    if test -n "$__wt_prompt_clock"
        read -g __wt_prompt_now _ <$__wt_prompt_clock
    else
        set -g __wt_prompt_now (path mtime -R -- /)
    end
end

# Has the line made anew in the background: once for each state and three seconds, and by nobody if somebody is at it.
function __wt_prompt_refresh -a git
    test -w $git; or return
    __wt_prompt_tick
    if test "$__wt_prompt_key" = "$__wt_prompt_asked"; and test $__wt_prompt_now -lt (math $__wt_prompt_when + 3)
        return
    end
    if test -f $git/wt-prompt.lock
        set -l passed (path mtime -R -- $git/wt-prompt.lock)
        test "$passed" -ge 0; and test "$passed" -lt 5; and return
    end
    set __wt_prompt_asked $__wt_prompt_key
    set __wt_prompt_when $__wt_prompt_now
    # From a shell that leaves at once, so that this one has neither a job nor a child.
    command sh -c 'sh -c "$1" wt-prompt "$2" &' wt-prompt $__wt_prompt_script $git </dev/null >/dev/null 2>&1
end

# What HEAD says, and that the rest is not known.
function __wt_prompt_name -a head
    set -l name
    switch $head
        case 'ref: refs/heads/.invalid*'
            set WT_PROMPT …
            return
        case 'ref:*'
            set name (string replace -r '^ref: *(refs/heads/)?' '' -- $head)
        case '*'
            set name (string sub -l 7 -- $head)
    end
    set WT_PROMPT (string replace -ra '[\x00-\x1f\x7f-\x9f]' '?' -- $name)' …'
end

# Prints the segment, and sets WT_PROMPT. Leaves $status and $last_pid as they are.
function wt_prompt --description 'The worktree at hand, for a prompt'
    set -l left $status
    set WT_PROMPT ''
    # Upwards by "..", as the kernel and git see it.
    set -l up .
    while not test -e $up/.git
        __wt_prompt_ends $up; and return $left
        set up $up/..
    end
    set -l git $up/.git
    set -l dot
    if not test -d $git
        set dot $git
        test -f $dot -a -r $dot; and read -z -l said <$dot
        if test "$said" != "$__wt_prompt_said"
            # Without the line breaks at the end; others belong to the path.
            string match -rq '^gitdir: (?<target>(?s:.*?))\n*$' -- $said; or return $left
            set __wt_prompt_said $said
            set __wt_prompt_target $target
        end
        set git $__wt_prompt_target
        string match -q '/*' -- $git; or set git $up/$git
    end
    # A HEAD that is a link (very old repositories) would be read as a commit.
    test -f $git/HEAD -a -r $git/HEAD -a ! -L $git/HEAD; and read -l head <$git/HEAD
    test -n "$head"; or return $left
    set -l known $PWD//$git
    test $known = "$__wt_prompt_known"; or __wt_prompt_share $known $git
    set -l common $__wt_prompt_common
    set -l tables
    switch $head
        case '*.invalid'
            # A reftable: HEAD is in tables whose names never come twice.
            test -f $git/reftable/tables.list; and read -z -l names <$git/reftable/tables.list
            set head "$head "(string join ' ' -- (string split -n \n -- $names))
            set tables $common/reftable/tables.list
    end
    set -l file $git/wt-prompt
    set -l raw ''
    test -f $file -a -r $file; and read raw <$file
    set -l key "$known//$head//$raw//$NO_COLOR//$WT_PROMPT_AGE"
    if test $key != "$__wt_prompt_key"
        __wt_prompt_parse "$raw" "$head" $file
        set __wt_prompt_key $key
    end
    set -l young $git/index $git/logs/HEAD $git/FETCH_HEAD $common/packed-refs $common/config $__wt_prompt_refs $dot $tables
    if test $__wt_prompt_state = known
        for each in $young
            test $each -nt $file; and set __wt_prompt_state stale; and break
        end
    end
    if test $__wt_prompt_state = known
        set WT_PROMPT $__wt_prompt_line
        __wt_prompt_tick
        test $__wt_prompt_now -gt $__wt_prompt_until; and __wt_prompt_refresh $git 2>/dev/null
    else
        # Only what HEAD itself says is certain. A repository without an index may be a bare one: it has no branch to show.
        if test $__wt_prompt_state = stale
            set __wt_prompt_state known
            test -n "$__wt_prompt_line"; and __wt_prompt_name $head
        else if test -e $git/index -o -n "$dot"
            __wt_prompt_name $head
        end
        __wt_prompt_refresh $git 2>/dev/null
    end
    printf %s $WT_PROMPT
    return $left
end
