import nock from 'nock';
import { FAKE_ENDPOINT, type FakeAnswer } from './fake-iam.ts';

/** What a call of a fake service tells. */
export interface ServiceCall {
  /** Such as `kms:ListKeys`; of REST services the method and path: `s3:GET /reports?policy`. */
  readonly name: string;
  readonly region: string;
  readonly body: string;
}

/** Answers a call; `earlierCalls`: how many of the same name came before. */
export type FakeService = (call: ServiceCall, earlierCalls: number) => FakeAnswer;

/**
 * Has nock answer as services other than IAM and STS would; what is absent answers AccessDenied. To be called before
 * `fakeIam`. Gives the calls as they come.
 */
export const fakeServices = (services: Readonly<Record<string, FakeService>>): readonly ServiceCall[] => {
  const calls: ServiceCall[] = [];
  const answer = async (request: Request): Promise<[number, string, Record<string, string>]> => {
    const call = await readCall(request);
    const earlier = calls.filter(({ name }) => name === call.name).length;
    calls.push(call);
    return toHttp(call, (services[call.name] ?? denied)(call, earlier));
  };
  const ofOthers = { reqheaders: { authorization: /\/(?!iam\/|sts\/)[a-z0-9-]+\/aws4_request/ } };
  nock(FAKE_ENDPOINT, ofOthers).persist().post(/.*/).reply(answer);
  nock(FAKE_ENDPOINT, ofOthers).persist().get(/.*/).reply(answer);
  return calls;
};

const denied: FakeService = () => ({ error: 'AccessDeniedException', message: 'not authorized', status: 403 });

const readCall = async (request: Request): Promise<ServiceCall> => {
  const [, region = '', service = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.get('authorization') ?? '') ?? [];
  const body = await request.text();
  const { pathname, search } = new URL(request.url);
  const operation =
    request.headers.get('x-amz-target')?.split('.')[1] ??
    new URLSearchParams(body).get('Action') ??
    `${request.method} ${pathname}${search.replace(/[&?]x-id=\w+/, '')}`;
  return { name: `${service}:${operation}`, region, body };
};

const toHttp = async ({ name }: ServiceCall, answer: FakeAnswer): Promise<[number, string, Record<string, string>]> => {
  if ('hangs' in answer) return new Promise(() => {});
  if ('breaks' in answer) throw Object.assign(new Error('the connection broke'), { code: answer.breaks });
  if ('raw' in answer) return [answer.status ?? 200, answer.raw, {}];
  if ('result' in answer) return [200, JSON.stringify(answer.result), {}];
  const { error, message = 'something is wrong', status = 400 } = answer;
  const text = /^(s3|sns):/.test(name)
    ? `<ErrorResponse><Error><Code>${error}</Code><Message>${message}</Message></Error><Code>${error}</Code></ErrorResponse>`
    : JSON.stringify({ __type: error, message });
  return [status, text, { 'x-amzn-errortype': error }];
};
