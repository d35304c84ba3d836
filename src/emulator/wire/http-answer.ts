/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Beside the content type, by name in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}
