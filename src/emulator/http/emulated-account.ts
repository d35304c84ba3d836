import type { AccountState } from '../../account/account-state.ts';
import type { Authorizer, Refusal } from '../../account/authorizer.ts';
import type { AwsError } from '../../account/aws-error.ts';
import type { AccountPlace, Random } from '../../account/call.ts';
import { callEvent } from '../../account/call-event.ts';
import { accountAt, accountKey, type CloudState, withAccount } from '../../account/cloud-state.ts';
import { LOOKUP_EVENTS, lookupEventsIn } from '../../account/lookup-events.ts';
import { operations } from '../../account/operations.ts';
import { withUse } from '../../account/record-use.ts';
import { type Signer, signerOf, UNKNOWN_CREDENTIALS } from '../../account/signer.ts';
import { partitionOfRegion } from '../../iam/partition.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { Instant } from '../../kernel/time.ts';
import { type SignatureProblem, verifySignature } from '../signature/verify-signature.ts';
import { statusOfError } from '../wire/error-status.ts';
import type { HttpAnswer } from '../wire/http-answer.ts';
import type { HttpRequest } from '../wire/http-request.ts';
import { queryProtocol } from '../wire/query-protocol.ts';
import type { WireProblem } from '../wire/wire-problem.ts';
import { type AwsRequest, readAwsRequest } from './aws-request.ts';
import type { Enforcement } from './enforcement.ts';
import type { EventLog } from './event-log.ts';
import { notServed } from './operation-of-request.ts';
import { inWordsOf } from './refusal-words.ts';

/** The accounts that a server serves, as they stand, and what was asked of them. */
export interface EmulatedCloud {
  cloud: CloudState;
  /** The account of whom nothing tells another. */
  readonly main: AccountPlace;
  /** The same account of another partition, as it is when it is first asked for. */
  twinAt: (place: AccountPlace, now: Instant) => AccountState;
  /** Number of calls by action, such as `iam:ListUsers`; those that were refused count too. */
  readonly requests: Map<string, number>;
  readonly enforcement: Enforcement;
  readonly eventLog: EventLog;
}

/** What the connection and the clock say of a request. */
export interface Circumstances {
  readonly now: Instant;
  readonly random: Random;
  readonly requestId: string;
  readonly sourceIp: string;
  /** Told before the answer, where the request changed something. */
  readonly changed: () => void;
}

/**
 * Answers one AWS call, and leaves in `emulated` what it did. Nothing is waited for between reading the accounts and
 * writing them, so calls never see each other halfway.
 */
export const answerCall = async (
  emulated: EmulatedCloud,
  httpRequest: HttpRequest,
  circumstances: Circumstances,
): Promise<HttpAnswer> => {
  const { requestId, changed } = circumstances;
  const read = await readAwsRequest(httpRequest);
  if (!read.ok) return read.error.protocol.refusal(read.error.service, read.error.problem, requestId);
  const authorize = await emulated.enforcement.enter();
  const before = emulated.cloud;
  const answer = perform(emulated, { httpRequest, request: read.value, authorize }, circumstances);
  if (emulated.cloud !== before) changed();
  return answer;
};

/** A request that was read, and what it is to be checked with. */
interface ReadRequest {
  readonly httpRequest: HttpRequest;
  readonly request: AwsRequest;
  readonly authorize: Authorizer | null;
}

const perform = (
  emulated: EmulatedCloud,
  read: ReadRequest,
  { requestId, now, random, sourceIp }: Circumstances,
): HttpAnswer => {
  const { request, authorize } = read;
  const { service, protocol, action, accessKeyId, region } = request;
  const name = `${service.name}:${action}`;
  emulated.requests.set(name, (emulated.requests.get(name) ?? 0) + 1);
  const refused = (problem: WireProblem): HttpAnswer => protocol.refusal(service, problem, requestId);

  const failed = (error: AwsError | SignatureProblem): HttpAnswer =>
    refused(inWordsOf(service, protocol === queryProtocol, error));

  const place = { ...emulated.main, partition: partitionOf(emulated.main, region) };
  const before = withAccountThere(emulated, place, now);
  const signer = verifiedSigner(before, read, place, now);
  if (!signer.ok) return failed(signer.error);
  const { account, caller } = signer.value;
  const call = { account, caller, now, random, sourceIp, accessKeyId: accessKeyId ?? '', region };
  const cloud = withUse(before, call, name);
  if (cloud !== before) emulated.cloud = cloud;

  const { eventLog } = emulated;
  const operation = name === LOOKUP_EVENTS ? lookupEventsIn(eventLog.events) : operations.get(name);
  if (operation === undefined) return refused(notServed(service, action));
  const input = protocol.decode(request);
  if (!input.ok) return refused(input.error);
  const log = (error: AwsError | null, reply?: unknown): void => {
    const { readOnly } = operation;
    const called = { name, input: input.value, readOnly, error, answer: reply };
    eventLog.add(callEvent(accountAt(cloud, account), call, called));
  };
  // Who may not call is told what is wrong with the input all the same, as AWS does.
  const prepared = operation.prepare(input.value);
  const allowed = prepared.ok && authorize !== null ? authorize(cloud, name, input.value, call) : ok(null);
  if (!allowed.ok) {
    log(allowed.error);
    return withEncodedMessage(failed(allowed.error), allowed.error);
  }
  const outcome = prepared.ok ? prepared.value(cloud, call) : prepared;
  if (outcome.ok) log(null, outcome.value.answer);
  else log(outcome.error);
  if (!outcome.ok) return refused({ ...outcome.error, status: statusOfError(service, outcome.error.code) });
  emulated.cloud = outcome.value.cloud;
  return protocol.answer(request, outcome.value.answer, requestId);
};

/** Who signed a request; where calls are checked, the signature too. */
const verifiedSigner = (
  cloud: CloudState,
  { httpRequest, request: { accessKeyId, sessionToken }, authorize }: ReadRequest,
  place: AccountPlace,
  now: Instant,
): Result<Signer, AwsError | SignatureProblem> => {
  if (accessKeyId === null) return ok(nobodyAt(place));
  const signer = signerOf(cloud, { accessKeyId, sessionToken }, place, now);
  if (!signer.ok || authorize === null || signer.value.caller.kind === 'anonymous') return signer;
  const { secretAccessKey } = signer.value;
  if (secretAccessKey === null) return err(UNKNOWN_CREDENTIALS);
  const verified = verifySignature(httpRequest, secretAccessKey, now);
  return verified.ok ? signer : verified;
};

/** A refusal with what `sts:DecodeAuthorizationMessage` tells more of it. */
const withEncodedMessage = (answer: HttpAnswer, { encodedMessage }: Refusal): HttpAnswer =>
  encodedMessage === undefined || encodedMessage.length > LONGEST_HEADER
    ? answer
    : { ...answer, headers: { ...answer.headers, 'x-vigil-authorization-message': encodedMessage } };

/** Clients read 16 KiB of headers at most. */
const LONGEST_HEADER = 8192;

/** Who calls without a signature. */
const nobodyAt = (account: AccountPlace): Signer => ({
  account,
  caller: { kind: 'anonymous' },
  secretAccessKey: null,
});

/** An account of another partition than AWS's first is asked for wherever the client believes that it is. */
const partitionOf = ({ partition }: AccountPlace, region: string): string =>
  partition === 'aws' ? partitionOfRegion(region) : partition;

const withAccountThere = ({ cloud, twinAt }: EmulatedCloud, place: AccountPlace, now: Instant): CloudState =>
  cloud.accounts.has(accountKey(place)) ? cloud : withAccount(cloud, twinAt(place, now));
