/** The exit codes of every command. */
export const EXIT = {
  done: 0,
  /** `vigil audit`: findings at or above `--fail-on`. `vigil verify`: something is not as it was written. */
  findings: 1,
  /** Bad usage, configuration or input file. */
  usage: 2,
  /** No account could be read. */
  noAudit: 3,
  /** `vigil audit --require-complete`: something could not be read. */
  incomplete: 4,
  /** `vigil audit --alert`, `vigil alert --test`: an alert did not arrive. `vigil audit`: the reports did not arrive at a destination. */
  notAlerted: 5,
  /** `vigil status`: no daemon runs, or a group is overdue, or a route is dead. */
  unwell: 6,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
