/** As long as the page may be busy at a stretch, in milliseconds: less than a reader notices. */
const SLICE = 20;

/**
 * Does the steps of a generator in slices between which the page answers, the first of them at once; tells after each slice
 * whether all is done. Gives what stops it.
 */
const inSlices = (steps, tell) => {
  let waiting;
  const slice = () => {
    const end = performance.now() + SLICE;
    let done = false;
    while (!done && performance.now() < end) done = steps.next().done;
    if (!done) waiting = setTimeout(slice);
    tell(done);
  };
  slice();
  return () => clearTimeout(waiting);
};
