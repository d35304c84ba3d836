import { err, ok, type Result } from '../../kernel/result.ts';
import { type AwsService, awsServices, type OperationShape } from '../wire/aws-service.ts';
import { type FormNode, parseForm } from '../wire/query-form.ts';
import { type WireProblem, wireProblem } from '../wire/wire-problem.ts';

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

/** A call of an operation that AWS has, not yet decoded. */
export interface AwsRequest {
  readonly service: AwsService;
  readonly action: string;
  readonly shapes: OperationShape;
  readonly form: FormNode;
  /** Who signed; null: nobody did, for an operation that takes unsigned calls. */
  readonly accessKeyId: string | null;
  /** Of temporary credentials. */
  readonly sessionToken: string | null;
  /** Of the signature's scope. */
  readonly region: string;
}

/** Tells which AWS call a request is: its service by the scope of its signature, its operation by `Action` and `Version`. */
export const readAwsRequest = (request: HttpRequest): Result<AwsRequest, WireProblem> => {
  const { method, query, body } = request;
  const parsed = parseForm(isForm(request) && method === 'POST' ? `${body}&${query}` : query);
  if (!parsed.ok) return parsed;
  const form = parsed.value;
  const scope = signatureScope(request.authorization, form) ?? unsignedScope(form);
  if (scope === undefined) {
    return wireProblem('MissingAuthenticationToken', 403, 'Request is missing Authentication Token');
  }
  const service = awsServices.get(scope.service);
  if (service === undefined) return err(noSuchService(scope.service, request));
  if (method !== 'POST' && method !== 'GET') {
    return wireProblem('MethodNotAllowed', 405, `The method ${method} is not allowed; use POST or GET.`);
  }
  const action = form.children.get('Action')?.value ?? '';
  if (action === '') return wireProblem('MissingAction', 400, 'The request must contain the parameter Action.');
  const version = form.children.get('Version')?.value ?? '';
  const shapes = service.version === version ? service.operations.get(action) : undefined;
  if (shapes === undefined) return err(noSuchOperation(action, version));
  const { accessKeyId, region } = scope;
  return ok({ service, action, shapes, form, accessKeyId, sessionToken: sessionTokenOf(request, form), region });
};

const isForm = ({ contentType }: HttpRequest): boolean => /^application\/x-www-form-urlencoded\b/i.test(contentType);

/** Clients that send forms read XML, and so do S3's; all others read JSON. */
const noSuchService = (name: string, request: HttpRequest): WireProblem => ({
  code: 'InvalidAction',
  status: 400,
  message: `The emulated account does not speak \`${name}\` yet; it speaks ${[...awsServices.keys()].join(' and ')}.`,
  inJson: name !== 's3' && !isForm(request),
});

/** AWS's words for an operation that is not there. */
export const noSuchOperation = (action: string, version: string): WireProblem => ({
  code: 'InvalidAction',
  status: 400,
  message: `Could not find operation ${action} for version ${version || 'NO_VERSION_SPECIFIED'}`,
});

/** Who signed a request, and for what. */
interface Scope {
  readonly accessKeyId: string | null;
  readonly region: string;
  readonly service: string;
}

/** The token of temporary credentials stands where the signature does. */
const sessionTokenOf = ({ headers, authorization }: HttpRequest, form: FormNode): string | null => {
  const token =
    authorization === '' ? form.children.get('X-Amz-Security-Token')?.value : headers['x-amz-security-token'];
  return typeof token === 'string' && token !== '' ? token : null;
};

/** The operations that anybody may call without credentials, and so without the scope that names the service. */
const UNSIGNED_ACTIONS: ReadonlySet<string> = new Set(['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);

const unsignedScope = (form: FormNode): Scope | undefined =>
  UNSIGNED_ACTIONS.has(form.children.get('Action')?.value ?? '')
    ? { accessKeyId: null, region: 'us-east-1', service: 'sts' }
    : undefined;

/** Key and service of the signature, in the header or, for a presigned request, in the query. */
const signatureScope = (authorization: string, form: FormNode): Scope | undefined => {
  const inHeader = /^AWS4-HMAC-SHA256\s.*?\bCredential=([^\s,]+)/.exec(authorization)?.[1];
  const credential = inHeader ?? form.children.get('X-Amz-Credential')?.value ?? '';
  const [accessKeyId = '', , region = '', service = '', end] = credential.split('/');
  return accessKeyId !== '' && end === 'aws4_request' ? { accessKeyId, region, service } : undefined;
};
