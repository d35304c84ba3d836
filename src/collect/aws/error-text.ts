/** What a failed call says of itself. */
export interface CallError {
  /** AWS's error code or the SDK's error name: `AccessDenied`, `Throttling`, `TimeoutError`. */
  readonly name: string;
  /** Node's code of a failed connection (`ECONNREFUSED`), where there was one. */
  readonly code: string | null;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | null;
  /** Its first line, fit to be shown: no control characters, not long. */
  readonly message: string;
}

/** Reads what a thrown value says of itself. Never throws. */
export const toCallError = (thrown: unknown): CallError => {
  const error = isRecord(thrown) ? thrown : {};
  const metadata = isRecord(error['$metadata']) ? error['$metadata'] : {};
  const name = typeof error['name'] === 'string' ? error['name'] : 'Error';
  const code = error['code'];
  const status = metadata['httpStatusCode'];
  return {
    name: oneLine(name),
    code: typeof code === 'string' ? code : null,
    status: typeof status === 'number' ? status : null,
    message: TELLS_SECRETS.test(name) ? '' : oneLine(typeof error['message'] === 'string' ? error['message'] : ''),
  };
};

/** Whether AWS understood the call and refused it. */
export const isDenied = ({ name }: CallError): boolean =>
  /^(AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError)/.test(name);

// AWS explains a wrong signature with the canonical request, which holds the session token.
const TELLS_SECRETS = /^(SignatureDoesNotMatch|InvalidSignature|IncompleteSignature)/;

const LONGEST = 300;

const oneLine = (text: string): string => {
  const [firstLine = ''] = text.trimStart().split('\n', 1);
  const line = firstLine.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
