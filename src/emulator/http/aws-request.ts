import { err, ok, type Result } from '../../kernel/result.ts';
import { type AwsService, awsService, awsServiceNames } from '../wire/aws-service.ts';
import { type HttpRequest, headerOf } from '../wire/http-request.ts';
import type { Protocol, WireCall } from '../wire/protocol.ts';
import { type FormNode, parseForm } from '../wire/query-form.ts';
import type { WireProblem } from '../wire/wire-problem.ts';
import { type ReadOperation, readOperationOf } from './operation-of-request.ts';
import { protocolOf, refusalProtocol } from './protocols.ts';

/** A call of an operation that AWS has, not yet decoded. */
export interface AwsRequest extends WireCall {
  readonly protocol: Protocol;
  /** Who signed; null: nobody did, for an operation that takes unsigned calls. */
  readonly accessKeyId: string | null;
  /** Of temporary credentials. */
  readonly sessionToken: string | null;
  /** Of the signature's scope. */
  readonly region: string;
}

/** Why a request is no call of an operation, with the protocol that its sender speaks. */
export interface UnreadRequest {
  readonly problem: WireProblem;
  readonly protocol: Protocol;
  readonly service: AwsService | null;
}

/**
 * Tells which AWS call a request is: its service by the scope of its signature, its operation by what the service's
 * protocol says: `Action` and `Version`, a header, or method and path.
 */
export const readAwsRequest = async (request: HttpRequest): Promise<Result<AwsRequest, UnreadRequest>> => {
  const fallback = refusalProtocol(request, null);
  const unread = (problem: WireProblem, protocol = fallback, service: AwsService | null = null) =>
    err({ problem, protocol, service });
  const parsed = parseForm(formText(request));
  if (!parsed.ok) return unread(parsed.error);
  const form = parsed.value;
  const scope = signatureScope(request.authorization, form) ?? unsignedScope(form);
  if (scope === undefined) return unread(MISSING_TOKEN);
  const service = await awsService(scope.service);
  if (service === undefined) {
    const protocol = refusalProtocol(request, scope.service);
    return unread({ ...NO_SUCH_SERVICE, message: noSuchServiceText(scope.service) }, protocol);
  }
  const { name: kind, protocol } = protocolOf(service, request);
  const operation = readOperationOf(kind, service, request, form);
  if (!operation.ok) return unread(operation.error, protocol, service);
  const { action, shapes, labels }: ReadOperation = operation.value;
  const { accessKeyId, region } = scope;
  const sessionToken = sessionTokenOf(request, form);
  return ok({ service, protocol, action, shapes, labels, http: request, form, accessKeyId, sessionToken, region });
};

/** The parameters of AWS Query; those of other protocols' queries too, for presigned requests. */
const formText = ({ method, contentType, body, query }: HttpRequest): string =>
  method === 'POST' && /^application\/x-www-form-urlencoded\b/i.test(contentType) ? `${body}&${query}` : query;

const MISSING_TOKEN: WireProblem = {
  code: 'MissingAuthenticationToken',
  status: 403,
  message: 'Request is missing Authentication Token',
};

const NO_SUCH_SERVICE = { code: 'InvalidAction', status: 400 } as const;

const noSuchServiceText = (name: string): string =>
  `The emulated account does not speak \`${name}\` yet; it speaks ${awsServiceNames.join(', ')}.`;

/** Who signed a request, and for what. */
interface Scope {
  readonly accessKeyId: string | null;
  readonly region: string;
  readonly service: string;
}

/** The token of temporary credentials stands where the signature does. */
const sessionTokenOf = (request: HttpRequest, form: FormNode): string | null => {
  const token =
    request.authorization === ''
      ? form.children.get('X-Amz-Security-Token')?.value
      : headerOf(request, 'x-amz-security-token');
  return token === undefined || token === '' ? null : token;
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
