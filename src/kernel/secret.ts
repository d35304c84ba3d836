/**
 * A text that nobody may see: a token, a password, an address that lets in whoever knows it. However it is printed (as
 * text, as JSON, by `console.log`, in a template) it is `[redacted]`; only who asks for it by `reveal()` gets it.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the one call that needs it. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}

const REDACTED = '[redacted]';
