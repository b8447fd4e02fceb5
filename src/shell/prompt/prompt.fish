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
set -g __wt_prompt_younger
set -g __wt_prompt_common
set -g __wt_prompt_asked
set -g __wt_prompt_when 0
set -g __wt_prompt_until 0
set -g WT_PROMPT
# A clock that can be read without starting anything; only differences are looked at.
set -g __wt_prompt_clock /proc/uptime
test -r /proc/uptime; or set __wt_prompt_clock

# Whether the search for a repository ends here, without one: a directory that is gone, a git directory itself, the root,
# a ceiling.
function __wt_prompt_ends -a up
    test $up != . -o . -ef $PWD; or return 0
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

# What all worktrees share.
function __wt_prompt_share -a git
    set __wt_prompt_common $git
    if test -f $git/commondir
        read -z -l said <$git/commondir
        string match -rq '^(?<target>(?s:.*?))\n*$' -- $said
        string match -q '/*' -- $target; or set target $git/$target
        set __wt_prompt_common $target
    end
end

# A remembered line taken apart. What is not as wt writes it counts as nothing: the file may be anybody's.
function __wt_prompt_parse -a raw expected git dot
    set -l common $__wt_prompt_common
    # The files that make the line old when they are younger.
    set -l files $git/index $git/logs/HEAD $git/FETCH_HEAD $common/packed-refs $common/config
    test -n "$dot"; and set -a files $dot
    string match -q '*.ref' -- $expected; and set -a files $common/reftable/tables.list
    set __wt_prompt_state unknown
    set __wt_prompt_line ''
    set __wt_prompt_younger
    set __wt_prompt_until 0
    set -l form '^(?<head>[^\x1f]+)\x1f[1-9][0-9.]*\x1f(?<refs>[^\x1f]*)\x1f(?<line>[^\x00-\x1c\x1f\x7f-\x9f]*)$'
    string match -rq -- $form $raw; or return
    test $head = $expected; or return
    set files $files $common/(string split -n ' ' -- $refs)[1..4]
    set __wt_prompt_younger $files[1] -nt $git/wt-prompt
    for each in $files[2..]
        set -a __wt_prompt_younger -o $each -nt $git/wt-prompt
    end
    if test -n "$NO_COLOR"
        set line (string replace -ra '\x1e[^\x1d]*\x1d' '' -- $line)
    else
        set line (string replace -ra '\x1e([0-9;]*)\x1d' \e'[$1m' -- $line)
    end
    set __wt_prompt_line (string replace -ra '[\x1d\x1e]' '' -- $line)
    set -l age $WT_PROMPT_AGE
    string match -rq '^[0-9]{1,8}$' -- "$age"; or set age 3
    __wt_prompt_tick
    set __wt_prompt_until (math $__wt_prompt_now + $age - (path mtime -R -- $git/wt-prompt))
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

# Has the line made anew in the background: once for each state and three seconds. Whether somebody is at it already is
# looked up over there, where a lock that goes meanwhile makes no noise.
function __wt_prompt_refresh -a git
    test -w $git; or return
    __wt_prompt_tick
    if test "$__wt_prompt_key" = "$__wt_prompt_asked"; and test $__wt_prompt_now -lt (math $__wt_prompt_when + 3)
        return
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
    test -f $git/HEAD -a -r $git/HEAD -a ! -L $git/HEAD; and read -l head <$git/HEAD; or return $left
    if string match -q '*.invalid' -- $head
        # A reftable: HEAD is in tables whose names never come twice.
        test -f $git/reftable/tables.list; and read -z -l names <$git/reftable/tables.list
        set head "$head "(string join ' ' -- (string split -n \n -- $names))
    end
    set -l raw
    test -f $git/wt-prompt -a -r $git/wt-prompt; and read raw <$git/wt-prompt
    if test "$PWD//$git//$head//$raw//$NO_COLOR//$WT_PROMPT_AGE" != "$__wt_prompt_key"
        __wt_prompt_share $git
        __wt_prompt_parse "$raw" "$head" $git "$dot"
        set __wt_prompt_key "$PWD//$git//$head//$raw//$NO_COLOR//$WT_PROMPT_AGE"
    end
    if test $__wt_prompt_state = unknown
        # A repository without an index may be a bare one, which has no branch to show.
        if test -e $git/index -o -n "$dot"
            __wt_prompt_name $head
        end
        __wt_prompt_refresh $git 2>/dev/null
    else if test $__wt_prompt_younger
        test -n "$__wt_prompt_line"; and __wt_prompt_name $head
        __wt_prompt_refresh $git 2>/dev/null
    else
        set WT_PROMPT $__wt_prompt_line
        test -n "$__wt_prompt_clock"; and read -g __wt_prompt_now _ <$__wt_prompt_clock; or __wt_prompt_tick
        test $__wt_prompt_now -gt $__wt_prompt_until; and __wt_prompt_refresh $git 2>/dev/null
    end
    printf %s $WT_PROMPT
    return $left
end
