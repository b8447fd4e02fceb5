#!/bin/sh
# The worktree at hand on one line without colours, for a prompt or a status bar that can only run a program:
#   wt config shell prompt sh > ~/.local/bin/wt-prompt && chmod +x ~/.local/bin/wt-prompt
#   wt-prompt [--tmux] [<directory>]
# With --tmux a # in a name is doubled: tmux runs what it finds in #( ), even in what a command has printed. It runs neither Node nor git before it has answered. WT_PROMPT_AGE: seconds after which a line is made anew (3).

tmux=
if [ "${1-}" = --tmux ]; then
  tmux=yes
  shift
fi
if [ $# != 0 ]; then
  cd -- "$1" 2>/dev/null || exit 0
fi
exec 2>/dev/null
set -f
IFS=' '

# Prints the segment $1.
show() {
  shown=
  rest=$1
  while [ -n "$tmux" ]; do
    case $rest in *'#'*) shown=$shown${rest%%'#'*}'##' rest=${rest#*'#'} ;; *) break ;; esac
  done
  printf '%s\n' "$shown$rest"
}

# What a .git or commondir file says, in `said`; a path may hold line breaks.
say() {
  { IFS= read -r said; while IFS= read -r more; do said="$said
$more"; done; } <"$1"
}

# The git directory of the worktree at hand. Upwards by "..", as the kernel and git see it.
up=.
# A shell's PWD, where it is not what it says, is of a directory that is gone.
[ . -ef "$PWD" ] || exit 0
while [ ! -e "$up/.git" ]; do
  if [ -e "$up/HEAD" ]; then
    if [ -d "$up/objects" ] || [ -e "$up/commondir" ]; then exit 0; fi
  fi
  [ -d "$up/.." ] || exit 0
  [ ! "$up/.." -ef "$up" ] || exit 0
  stops=${GIT_CEILING_DIRECTORIES:+$GIT_CEILING_DIRECTORIES:}
  while [ -n "$stops" ]; do
    stop=${stops%%:*} stops=${stops#*:}
    case $stop in /*) [ ! "$up/.." -ef "$stop" ] || exit 0 ;; esac
  done
  up=$up/..
done
dot=$up/.git
git=$dot
if [ ! -d "$dot" ]; then
  [ -f "$dot" ] || exit 0
  say "$dot"
  case $said in 'gitdir: '*) git=${said#gitdir: } ;; *) exit 0 ;; esac
  case $git in /*) ;; *) git=$up/$git ;; esac
fi
common=$git
if [ -f "$git/commondir" ]; then
  say "$git/commondir"
  case $said in /*) common=$said ;; *) common=$git/$said ;; esac
fi

head= raw= kept= born= refs= text= young=
file=$git/wt-prompt
# A HEAD that is a link (very old repositories) would be read as a commit.
if [ -f "$git/HEAD" ] && [ ! -L "$git/HEAD" ]; then IFS= read -r head <"$git/HEAD"; fi
[ -n "$head" ] || exit 0
if [ "$head" = 'ref: refs/heads/.invalid' ] && [ -f "$git/reftable/tables.list" ]; then
  # A reftable: HEAD is in tables whose names never come twice.
  while IFS= read -r more; do head="$head $more"; done <"$git/reftable/tables.list"
fi
if [ -f "$file" ]; then IFS= read -r raw <"$file"; fi

# A remembered line taken apart. What is not as wt writes it counts as nothing: the file may be anybody's.
case $raw in
  *'@1F'*'@1F'*'@1F'*)
    rest=${raw#*@1F}
    born=${rest%%@1F*} rest=${rest#*@1F}
    refs=${rest%%@1F*} rest=${rest#*@1F}
    born=${born%%.*}
    while :; do
      case $rest in
        *'@1E'*'@1D'*) text=$text${rest%%@1E*} rest=${rest#*@1E} rest=${rest#*@1D} ;;
        *) break ;;
      esac
    done
    text=$text$rest
    case $text in *[[:cntrl:]]*) ;; *) kept=${raw%%@1F*} ;; esac
    case $born in '' | 0* | *[!0-9]* | ?????????????*) kept= born= ;; esac
    ;;
esac

# Has the line made anew in the background, unless it is not $1 seconds old.
refresh() {
  [ -w "$git" ] || exit 0
  sh -c 'REFRESH' wt-prompt "$git" "$@" </dev/null >/dev/null 2>&1 &
  exit 0
}

# What HEAD says, and that the rest is not known.
name() {
  case $head in
    'ref: refs/heads/.invalid'*) name= ;;
    'ref:'*) name=${head#ref:} name=${name#"${name%%[! ]*}"} name=${name#refs/heads/} ;;
    *) name=${head%"${head#???????}"} ;;
  esac
  case $name in *[[:cntrl:]]*) name= ;; esac
  show "$name${name:+ }…"
}

if [ "$kept" != "$head" ]; then
  if [ -e "$git/index" ] || [ -f "$dot" ]; then name; fi
  refresh
fi
for each in "$git/index" "$git/logs/HEAD" "$git/FETCH_HEAD" "$git/config.worktree" \
  "$common/packed-refs" "$common/config" "$common/reftable/tables.list"; do
  if [ "$each" -nt "$file" ]; then young=yes; fi
done
if [ -f "$dot" ] && [ "$dot" -nt "$file" ]; then young=yes; fi
for each in $refs; do
  if [ "$common/$each" -nt "$file" ]; then young=yes; fi
done
if [ -n "$young" ]; then
  [ -z "$text" ] || name
  refresh
fi
[ -z "$text" ] || show "$text"
age=${WT_PROMPT_AGE-3}
case $age in '' | *[!0-9]* | ?????????*) age=3 ;; esac
refresh "$born" "$age"
