/** Where a long-running process says what it does, for machines and for the people who search it later. */
export interface Logger {
  info(message: string, fields?: LogFields): void;
  /** The message is constant, so that it can be counted; what varies stands in the fields. */
  warn(message: string, fields?: LogFields): void;
  /** As `warn`, for what somebody has to look at. */
  error(message: string, fields?: LogFields): void;
}

/** What varies from line to line, by name: `auditId`, `accountId`, `group`, `reason`. */
export type LogFields = Readonly<Record<string, unknown>>;
