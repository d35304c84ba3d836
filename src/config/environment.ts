/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment: the only place that reads it. */
export const processEnvironment = (): Environment => process.env;

/** Whether terminal colours are wanted: not where `NO_COLOR` is set (https://no-color.org) or the stream is no terminal. */
export const wantsColour = (environment: Environment, isTerminal: boolean): boolean =>
  isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
