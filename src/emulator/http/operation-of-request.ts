import { err, ok, type Result } from '../../kernel/result.ts';
import type { AwsService, OperationShape } from '../wire/aws-service.ts';
import { type HttpRequest, headerOf } from '../wire/http-request.ts';
import type { FormNode } from '../wire/query-form.ts';
import { matchPath, matchQuery, precision, type UriLabels } from '../wire/uri-pattern.ts';
import { type WireProblem, wireProblem } from '../wire/wire-problem.ts';
import { bucketOf } from './bucket-of-request.ts';
import type { ProtocolName } from './protocols.ts';

/** The operation that a request calls. */
export interface ReadOperation {
  readonly action: string;
  readonly shapes: OperationShape;
  readonly labels: UriLabels;
}

/** Tells the operation of a request to a service, by what the protocol says. */
export const readOperationOf = (
  protocol: ProtocolName,
  service: AwsService,
  request: HttpRequest,
  form: FormNode,
): Result<ReadOperation, WireProblem> => {
  switch (protocol) {
    case 'query':
      return queryOperation(service, request, form);
    case 'json':
      return jsonOperation(service, request);
    case 'restJson':
      return restOperation(service, request, request.path, new Map());
    case 'restXml': {
      const { bucket, path } = bucketOf(request);
      return restOperation(service, request, path, bucket === null ? new Map() : new Map([['Bucket', bucket]]));
    }
  }
};

const queryOperation = (
  { operations, version }: AwsService,
  { method }: HttpRequest,
  form: FormNode,
): Result<ReadOperation, WireProblem> => {
  if (method !== 'POST' && method !== 'GET') {
    return wireProblem('MethodNotAllowed', 405, `The method ${method} is not allowed; use POST or GET.`);
  }
  const action = form.children.get('Action')?.value ?? '';
  if (action === '') return wireProblem('MissingAction', 400, 'The request must contain the parameter Action.');
  const given = form.children.get('Version')?.value ?? '';
  const shapes = version === given ? operations.get(action) : undefined;
  return shapes === undefined ? err(noSuchQueryOperation(action, given)) : ok({ action, shapes, labels: new Map() });
};

const jsonOperation = (
  { operations, target }: AwsService,
  request: HttpRequest,
): Result<ReadOperation, WireProblem> => {
  const name = headerOf(request, 'x-amz-target') ?? '';
  const dot = name.lastIndexOf('.');
  const action = name.slice(dot + 1);
  const given = name.slice(0, dot);
  // Some clients leave out the namespace that stands before the name of CloudTrail's service.
  const fits = given !== '' && (given === target || target.endsWith(`.${given}`));
  const shapes = fits ? operations.get(action) : undefined;
  return shapes === undefined
    ? wireProblem('UnknownOperationException', 400, '')
    : ok({ action, shapes, labels: new Map() });
};

const restOperation = (
  { operations, protocol }: AwsService,
  { method, query }: HttpRequest,
  path: string,
  given: UriLabels,
): Result<ReadOperation, WireProblem> => {
  const parameters = new URLSearchParams(query);
  let best: (ReadOperation & { readonly precision: number }) | undefined;
  for (const [action, shapes] of operations) {
    if (shapes.http?.method !== method || !takesLabels(shapes, given)) continue;
    const labels = matchQuery(shapes.http.uri, parameters) ? matchPath(shapes.http.uri, path) : undefined;
    const asked = precision(shapes.http.uri);
    if (labels !== undefined && asked > (best?.precision ?? -1)) {
      best = { action, shapes, labels: new Map([...given, ...labels]), precision: asked };
    }
  }
  return best === undefined ? err(protocol === 'restXml' ? NOT_IMPLEMENTED : NO_SUCH_PATH) : ok(best);
};

/** S3's buckets stand before the path that the model gives: operations on a bucket need one, the others have none. */
const takesLabels = ({ input, http }: OperationShape, given: UriLabels): boolean => {
  const ofPath = new Set(http?.uri.segments.map(({ name }) => name));
  const needed = input.members.filter(({ binding, name }) => binding.in === 'label' && !ofPath.has(name));
  return needed.length === given.size && needed.every(({ name }) => given.has(name));
};

/** What is answered for an operation that AWS has and the emulator has not. */
export const notServed = ({ protocol, version }: AwsService, action: string): WireProblem => {
  if (protocol === 'query') return noSuchQueryOperation(action, version);
  if (protocol === 'restXml') return NOT_IMPLEMENTED;
  const message = `The emulated account has no operation ${action}`;
  return { code: 'UnknownOperationException', status: protocol === 'json' ? 400 : 404, message };
};

const noSuchQueryOperation = (action: string, version: string): WireProblem => ({
  code: 'InvalidAction',
  status: 400,
  message: `Could not find operation ${action} for version ${version || 'NO_VERSION_SPECIFIED'}`,
});

/** What the services of REST answer for paths that they do not have. */
const NO_SUCH_PATH: WireProblem = {
  code: 'AccessDeniedException',
  status: 403,
  message: 'Unable to determine service/operation name to be authorized',
};

/** Source: "Error responses", Amazon S3 API Reference. */
const NOT_IMPLEMENTED: WireProblem = {
  code: 'NotImplemented',
  status: 501,
  message: 'A header you provided implies functionality that is not implemented.',
};
