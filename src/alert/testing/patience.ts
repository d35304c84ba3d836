/** A patience that waits for nothing and remembers for how long it was asked to. */
export const impatience = (timeoutMs = 5000) => {
  const waits: number[] = [];
  return {
    waits,
    timeoutMs,
    wait: async (milliseconds: number): Promise<void> => {
      waits.push(milliseconds);
    },
  };
};
