/** What `wt` leaves with, apart from the codes of programs that it runs for the user and death by a signal. */
export const EXIT = {
  done: 0,
  /** Refused, or failed. */
  failed: 1,
  /** The command line can't be understood. */
  usage: 2,
  /** A bug of ours (EX_SOFTWARE in sysexits.h). */
  bug: 70,
  /** What a shell says of a death by these; `wt` itself dies by them. */
  interrupted: { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 },
} as const
