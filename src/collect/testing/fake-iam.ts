import nock from 'nock';

/** Where the fake answers. Nothing listens there: nock catches the calls. */
export const FAKE_ENDPOINT = 'http://iam.fake.test';

/** An answer of the fake. */
export type FakeAnswer =
  /** The members of AWS's result. */
  | { readonly result: Readonly<Record<string, unknown>> }
  /** AWS's error code; HTTP 400 and some message unless told otherwise. */
  | { readonly error: string; readonly message?: string; readonly status?: number }
  /** Whatever bytes, HTTP 200 unless told otherwise. */
  | { readonly raw: string; readonly status?: number }
  /** The connection breaks with this code of Node's. */
  | { readonly breaks: string }
  /** No answer ever comes. */
  | { readonly hangs: true };

/** Answers a call: its parameters, and how many calls of the same action came before. */
export type FakeApi = (parameters: URLSearchParams, earlierCalls: number) => FakeAnswer;

/** The APIs of a fake account by action. */
export type FakeApis = Readonly<Record<string, FakeApi>>;

/** A call that was made. */
export interface FakeCall {
  readonly action: string;
  readonly parameters: URLSearchParams;
  /** The id of the access key that signed it. */
  readonly signedWith: string | undefined;
}

/** Has nock answer as IAM and STS would; an API that is absent answers AccessDenied. Gives the calls as they come. */
export const fakeIam = (apis: FakeApis): readonly FakeCall[] => {
  const calls: FakeCall[] = [];
  nock(FAKE_ENDPOINT)
    .persist()
    .post('/')
    .reply(async (request: Request) => {
      const parameters = new URLSearchParams(await request.text());
      const action = parameters.get('Action') ?? '';
      const earlierCalls = calls.filter((call) => call.action === action).length;
      const signedWith = /Credential=([^/]+)/.exec(request.headers.get('authorization') ?? '')?.[1];
      calls.push({ action, parameters, signedWith });
      return toHttp(action, (apis[action] ?? denied)(parameters, earlierCalls));
    });
  return calls;
};

const denied: FakeApi = (parameters) => ({
  error: 'AccessDenied',
  message: `not authorized to perform: iam:${parameters.get('Action')}`,
  status: 403,
});

const toHttp = async (action: string, answer: FakeAnswer): Promise<[number, string]> => {
  if ('hangs' in answer) return new Promise(() => {});
  if ('breaks' in answer) throw Object.assign(new Error('the connection broke'), { code: answer.breaks });
  if ('raw' in answer) return [answer.status ?? 200, answer.raw];
  if ('error' in answer) {
    const { error: Code, message: Message = 'something is wrong', status = 400 } = answer;
    return [status, `<ErrorResponse>${toXml({ Error: { Type: 'Sender', Code, Message } })}</ErrorResponse>`];
  }
  return [200, `<${action}Response>${toXml({ [`${action}Result`]: answer.result })}</${action}Response>`];
};

/** Members as AWS's query protocol prints them: lists of `member`, maps of `entry`, times as ISO-8601. */
const toXml = (value: unknown): string => {
  if (value instanceof Map) {
    return Array.from(
      value,
      ([key, entry]: [unknown, unknown]) => `<entry>${toXml({ key, value: entry })}</entry>`,
    ).join('');
  }
  if (Array.isArray(value)) return value.map((member) => `<member>${toXml(member)}</member>`).join('');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => `<${name}>${toXml(member)}</${name}>`)
      .join('');
  }
  return String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
};
