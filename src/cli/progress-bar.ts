import type { Progress } from '../ports/progress.ts';

/** Goes to the start of a terminal's line and empties it. */
export const CLEAR_LINE = '\r\u001b[K';

const BAR_WIDTH = 24;

/** A progress bar that redraws one line of a terminal, and leaves nothing behind when the next phase begins. */
export const progressBar = (write: (text: string) => void): Progress => {
  let name = '';
  let total = 0;
  let done = 0;
  const draw = (): void => {
    const filled = total === 0 ? 0 : Math.round((Math.min(done, total) / total) * BAR_WIDTH);
    const bar = total === 0 ? '' : ` [${'='.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] ${done}/${total}`;
    write(`${CLEAR_LINE}${name}${bar}`);
  };
  return {
    phase(nextName, nextTotal = 0) {
      [name, total, done] = [nextName, nextTotal, 0];
      if (name === '') write(CLEAR_LINE);
      else draw();
    },
    step() {
      done += 1;
      draw();
    },
  };
};
