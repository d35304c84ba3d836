import type { AccountState } from '../../account/account-state.ts';
import type { Caller } from '../../account/operation.ts';
import { operations } from '../../account/operations.ts';
import type { Instant } from '../../kernel/time.ts';
import { decodeQuery } from '../wire/query-decode.ts';
import type { WireProblem } from '../wire/wire-problem.ts';
import { encodeError, encodeResult } from '../wire/xml-encode.ts';
import { type HttpRequest, noSuchOperation, readAwsRequest } from './aws-request.ts';

/** An answer over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The account that a server serves, as it stands, and what was asked of it. */
export interface EmulatedAccount {
  state: AccountState;
  /** Number of calls by action, such as `iam:ListUsers`; those that were refused count too. */
  readonly requests: Map<string, number>;
}

/** The namespace of errors that belong to no service. */
const COMMON_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09';

/** Answers one AWS call, and leaves in `account` what it did. */
export const answerCall = (
  account: EmulatedAccount,
  httpRequest: HttpRequest,
  { now, requestId }: { readonly now: Instant; readonly requestId: string },
): HttpAnswer => {
  const request = readAwsRequest(httpRequest);
  if (!request.ok) return refusal(request.error, requestId);
  const { service, action, shapes, form, accessKeyId } = request.value;
  const name = `${service.name}:${action}`;
  account.requests.set(name, (account.requests.get(name) ?? 0) + 1);
  const refused = (problem: WireProblem): HttpAnswer => refusal(problem, requestId, service.xmlNamespace);

  const operation = operations.get(name);
  if (operation === undefined) return refused(noSuchOperation(action, service.version));
  const input = decodeQuery(shapes.input, form);
  if (!input.ok) return refused(input.error);
  const outcome = operation.run(account.state, input.value, { caller: callerOf(account.state, accessKeyId), now });
  if (!outcome.ok) return refused({ ...outcome.error, status: service.errorStatus.get(outcome.error.code) ?? 400 });
  account.state = outcome.value.state;
  return xml(200, encodeResult(action, service.xmlNamespace, shapes.output, outcome.value.answer, requestId));
};

/** A refusal in the form that the client's protocol has. Source: Smithy, "Operation error serialization". */
export const refusal = (problem: WireProblem, requestId: string, xmlNamespace = COMMON_NAMESPACE): HttpAnswer => {
  const { code, status, message, inJson = false } = problem;
  return inJson
    ? { status, contentType: 'application/json', body: JSON.stringify({ __type: code, message }) }
    : xml(status, encodeError(xmlNamespace, problem, requestId));
};

const xml = (status: number, body: string): HttpAnswer => ({ status, contentType: 'text/xml', body });

/** The account's own keys act as their users, all others as the root user. */
const callerOf = (state: AccountState, accessKeyId: string): Caller => {
  const owner = state.indexes.accessKeyOwners.get(accessKeyId);
  return owner === undefined ? { kind: 'root' } : { kind: 'user', nameKey: owner };
};
