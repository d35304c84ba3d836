/** What of an HTTP request tells which AWS call it is. */
export interface HttpRequest {
  readonly method: string;
  /** What stands before `?` in the request target, as sent. */
  readonly path: string;
  /** What follows `?` in the request target. */
  readonly query: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly contentType: string;
  readonly authorization: string;
  readonly body: string;
  /** The same as it was sent. */
  readonly rawBody: Uint8Array;
}

/** The value of a header that is there once; its name in lower case. */
export const headerOf = ({ headers }: HttpRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.join(',');
};
