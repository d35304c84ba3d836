/** Whether a run is written or abandoned: the one that is first keeps the other from coming about. */
export class RunGate {
  readonly #abandoning = new AbortController();
  #isWriting = false;

  /** Told once the run is abandoned. */
  get abandoned(): AbortSignal {
    return this.#abandoning.signal;
  }

  /** Asked once, before the first thing is written; false: it was abandoned, and nothing of it is to be written any more. */
  mayWrite(): boolean {
    this.#isWriting = !this.abandoned.aborted;
    return this.#isWriting;
  }

  /** Abandons the run; false: it is being written, and goes on. */
  abandon(): boolean {
    if (!this.#isWriting) this.#abandoning.abort();
    return !this.#isWriting;
  }
}
