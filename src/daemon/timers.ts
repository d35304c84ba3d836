/** Timers that can be taken back. */
export interface Timers {
  /** Calls once after so many milliseconds, unless the answer is called before. */
  after(milliseconds: number, call: () => void): () => void;
}

/** Does some work again and again, so long after the last time, until the answer is called. `work` must not throw. */
export const keepDoing = (timers: Timers, milliseconds: number, work: () => Promise<void>): (() => void) => {
  let takeBack = (): void => {};
  let isOver = false;
  const next = (): void => {
    takeBack = timers.after(milliseconds, () => {
      void work().finally(() => {
        if (!isOver) next();
      });
    });
  };
  next();
  return () => {
    isOver = true;
    takeBack();
  };
};

/** Whether something settles within so many milliseconds. */
export const settlesWithin = (timers: Timers, milliseconds: number, work: Promise<void>): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const takeBack = timers.after(milliseconds, () => resolve(false));
    void work.then(() => resolve(true), reject).finally(takeBack);
  });
