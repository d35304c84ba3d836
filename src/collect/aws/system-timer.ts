import type { Timer } from './aws-source-options.ts';

/** The time that passes for everybody. */
export const systemTimer: Timer = {
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
