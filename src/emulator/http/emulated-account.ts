import { emptyAccount } from '../../account/account-edits.ts';
import type { AwsError } from '../../account/aws-error.ts';
import type { AccountPlace, Random } from '../../account/call.ts';
import { accountKey, type CloudState, withAccount } from '../../account/cloud-state.ts';
import { operations } from '../../account/operations.ts';
import { type Signer, signerOf } from '../../account/signer.ts';
import { partitionOfRegion } from '../../iam/partition.ts';
import { ok } from '../../kernel/result.ts';
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

/** The accounts that a server serves, as they stand, and what was asked of them. */
export interface EmulatedCloud {
  cloud: CloudState;
  /** The account of whom nothing tells another. */
  readonly main: AccountPlace;
  /** Number of calls by action, such as `iam:ListUsers`; those that were refused count too. */
  readonly requests: Map<string, number>;
}

/** What the connection and the clock say of a request. */
export interface Circumstances {
  readonly now: Instant;
  readonly random: Random;
  readonly requestId: string;
  readonly sourceIp: string;
}

/** The namespace of errors that belong to no service. */
const COMMON_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09';

/** Answers one AWS call, and leaves in `emulated` what it did. */
export const answerCall = (
  emulated: EmulatedCloud,
  httpRequest: HttpRequest,
  { requestId, ...circumstances }: Circumstances,
): HttpAnswer => {
  const request = readAwsRequest(httpRequest);
  if (!request.ok) return refusal(request.error, requestId);
  const { service, action, shapes, form, accessKeyId, sessionToken, region } = request.value;
  const name = `${service.name}:${action}`;
  emulated.requests.set(name, (emulated.requests.get(name) ?? 0) + 1);
  const refused = (problem: WireProblem): HttpAnswer => refusal(problem, requestId, service.xmlNamespace);

  const operation = operations.get(name);
  if (operation === undefined) return refused(noSuchOperation(action, service.version));
  const input = decodeQuery(shapes.input, form);
  if (!input.ok) return refused(input.error);
  const { now } = circumstances;
  const place = { ...emulated.main, partition: partitionOf(emulated.main, region) };
  const cloud = withAccountThere(emulated.cloud, place, now);
  const failed = (error: AwsError): HttpAnswer =>
    refused({ ...error, status: service.errorStatus.get(error.code) ?? COMMON_STATUS.get(error.code) ?? 400 });
  const signer =
    accessKeyId === null ? ok(nobodyAt(place)) : signerOf(cloud, { accessKeyId, sessionToken }, place, now);
  if (!signer.ok) return failed(signer.error);
  const { account, caller } = signer.value;
  const call = { account, caller, ...circumstances, accessKeyId: accessKeyId ?? '', region };
  const outcome = operation.run(cloud, input.value, call);
  if (!outcome.ok) return failed(outcome.error);
  emulated.cloud = outcome.value.cloud;
  return xml(200, encodeResult(action, service.xmlNamespace, shapes.output, outcome.value.answer, requestId));
};

/** HTTP statuses of errors that are every service's. Source: "Common errors", IAM API Reference. */
const COMMON_STATUS: ReadonlyMap<string, number> = new Map([
  ['AccessDenied', 403],
  ['AccessDeniedException', 403],
  ['ExpiredToken', 403],
  ['InternalFailure', 500],
  ['InvalidClientTokenId', 403],
  ['SignatureDoesNotMatch', 403],
]);

/** Who calls without a signature. */
const nobodyAt = (account: AccountPlace): Signer => ({
  account,
  caller: { kind: 'anonymous' },
  secretAccessKey: null,
});

/** An account of another partition than AWS's first is asked for wherever the client believes that it is. */
const partitionOf = ({ partition }: AccountPlace, region: string): string =>
  partition === 'aws' ? partitionOfRegion(region) : partition;

/** The cloud with the main account's twin in another partition, which is empty until something is made in it. */
const withAccountThere = (cloud: CloudState, place: AccountPlace, now: Instant): CloudState =>
  cloud.accounts.has(accountKey(place)) ? cloud : withAccount(cloud, emptyAccount(place, now));

/** A refusal in the form that the client's protocol has. Source: Smithy, "Operation error serialization". */
export const refusal = (problem: WireProblem, requestId: string, xmlNamespace = COMMON_NAMESPACE): HttpAnswer => {
  const { code, status, message, inJson = false } = problem;
  return inJson
    ? { status, contentType: 'application/json', body: JSON.stringify({ __type: code, message }) }
    : xml(status, encodeError(xmlNamespace, problem, requestId));
};

const xml = (status: number, body: string): HttpAnswer => ({ status, contentType: 'text/xml', body });
