/** What some work gave, and the CPU milliseconds of the process that it took. */
export const cpuMs = <T>(work: () => T): readonly [T, number] => {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return [value, (user + system) / 1000];
};

/** The median of the CPU milliseconds that some work takes, done so many times. */
export const medianCpuMs = (work: () => unknown, runs = 7): number => {
  const times = Array.from({ length: runs }, () => cpuMs(work)[1]).sort((a, b) => a - b);
  return times[Math.floor(runs / 2)] ?? 0;
};

/** How much of the heap is in use after a garbage collection, where Node was started with `--expose-gc`. */
export const heapMiB = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};

/** Prints a row of the table. */
export const print = (what: string, value: string): void => console.log(`${what.padEnd(66)}${value.padStart(16)}`);

/** So many in so many CPU milliseconds, as a rate. */
export const perSecond = (count: number, ms: number): string => `${Math.round((count / ms) * 1000)} / cpu s`;
