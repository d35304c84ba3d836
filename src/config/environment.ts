/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment: the only place that reads it. */
export const processEnvironment = (): Environment => process.env;

/** Whether terminal colours are wanted: not where `NO_COLOR` is set (https://no-color.org) or the stream is no terminal. */
export const wantsColour = (environment: Environment, isTerminal: boolean): boolean =>
  isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';

/**
 * Keeps the AWS SDK from printing its seven lines about an older Node, which would drown the one line that matters.
 * What Vigil itself needs stands in its package's `engines`.
 */
export const silenceSdkVersionWarning = (): void => {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
};

/** The directory for what can be made anew, by the XDG Base Directory Specification; null: there is no home. */
export const cacheHome = ({ XDG_CACHE_HOME, HOME }: Environment): string | null =>
  baseDirectory(XDG_CACHE_HOME, HOME, '.cache');

/** The directory for what is to outlive a run, by the XDG Base Directory Specification; null: there is no home. */
export const stateHome = ({ XDG_STATE_HOME, HOME }: Environment): string | null =>
  baseDirectory(XDG_STATE_HOME, HOME, '.local/state');

const baseDirectory = (given: string | undefined, home: string | undefined, otherwise: string): string | null => {
  // A path that is not absolute is to be ignored, says the specification.
  if (given?.startsWith('/') === true) return given;
  return home === undefined || home === '' ? null : `${home}/${otherwise}`;
};
