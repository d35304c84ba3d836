/** The signals of a process that is to end well. */
export interface Signals {
  /** The first SIGTERM or SIGINT. A second one ends the process at once. */
  readonly stop: Promise<NodeJS.Signals>;
  /** What SIGHUP does from now on; until then it does nothing. */
  onReload(reload: () => Promise<void>): void;
}

/** Catches the signals of this process from now on. */
export const catchSignals = (): Signals => {
  let reloading: () => Promise<void> = async () => {};
  process.on('SIGHUP', () => void reloading());
  const stop = new Promise<NodeJS.Signals>((resolve) => {
    const first = (signal: NodeJS.Signals): void => {
      for (const name of ['SIGTERM', 'SIGINT'] as const) process.removeListener(name, first);
      resolve(signal);
    };
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, first);
  });
  return {
    stop,
    onReload: (reload) => {
      reloading = reload;
    },
  };
};
