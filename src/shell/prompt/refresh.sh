# Writes the line of one worktree anew, unless somebody else is at it. $1: its git directory. With $2 and $3: only if
# the line, made in the second $2, is more than $3 seconds old.
lock=$1/wt-prompt.lock
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
now=$(date +%s)
[ -z "$2" ] || [ "$((now - $2))" -gt "$3" ] || [ "$2" -gt "$now" ] || exit 0
take() { { set -C && echo "$now $$" >"$lock"; } 2>/dev/null; }
held() {
  since= pid=
  { read -r since pid <"$lock"; } 2>/dev/null
  case $since$pid in '' | *[!0-9]*) return 2 ;; esac
  case $since in 0* | ??????????????*) return 2 ;; esac
  # Nothing that wt does for a prompt takes longer; a process of that number is another one by then.
  [ "$((now - since))" -le 150 ] && kill -0 "$pid" 2>/dev/null
}
if ! take; then
  held
  state=$?
  if [ "$state" = 2 ]; then
    # Its owner is about to write into it, or died just before.
    sleep 1
    held
    state=$?
  fi
  [ "$state" != 0 ] || exit 0
  rm -f "$lock"
  take || exit 0
fi
trap 'rm -f "$lock"' EXIT
trap 'exit 1' HUP INT TERM
WT list statusline --prompt
