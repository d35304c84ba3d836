/** Where long work says how far it is. */
export interface Progress {
  /** A new phase begins; `total` is the number of steps if known. */
  phase(name: string, total?: number): void;
  /** One step of the phase is done. */
  step(): void;
}
