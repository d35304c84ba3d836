import type { AccessRequest, ApplicablePolicies } from '../evaluate/applicable-policies.ts';
import { callerContext } from '../evaluate/caller-context.ts';
import { decide } from '../evaluate/decide.ts';
import { explainDecision } from '../evaluate/explain-decision.ts';
import { refusedStatements } from '../evaluate/refused-statements.ts';
import { type RequestContext, withContext } from '../evaluate/request-context.ts';
import { arnParts, friendlyName, parseArn } from '../iam/arn.ts';
import { type Caller, parseCaller, sessionNames, signedCaller } from '../iam/caller.ts';
import { isJsonObject, type JsonValue } from '../kernel/json.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import { type DecideAnswer, placed, toAnswer } from './decide-answer.ts';
import type { DocumentCompiler } from './decide-documents.ts';
import { toExplanation } from './decide-explanation.ts';
import { type GivenPolicies, givenPolicies } from './decide-policies.ts';
import { type DecideRequest, parseDecideRequest } from './decide-request.ts';

/** Answers one line of `vigil decide`. Never throws: what is wrong with a line is its answer's `error`. */
export const decideLine = (line: string, compile: DocumentCompiler): DecideAnswer => {
  const parsed = parseLine(line);
  if (!parsed.ok) return { id: idOfBrokenLine(line), error: parsed.error };
  const id = isJsonObject(parsed.value) ? (parsed.value['id'] ?? null) : null;
  if (typeof id === 'object' && id !== null) return { id: null, error: 'id: expected text or a number' };
  const given = parseDecideRequest(parsed.value);
  if (!given.ok) return { id, error: given.error };
  const caller = readCaller(given.value);
  if (!caller.ok) return { id, error: `request.principalArn: ${caller.error}` };
  const request = toAccessRequest(given.value, caller.value);
  const policies = givenPolicies(compile);
  const applicable = toApplicablePolicies(given.value, policies);
  const answer = { id, ...toAnswer(decide(request, applicable), policies.byPointer) };
  const refused = refusedStatements(applicable).map((refusal) => placed(refusal, policies.byPointer));
  const warned = refused.length === 0 ? answer : { ...answer, warnings: refused };
  if (given.value.explain !== true) return warned;
  return { ...warned, explanation: toExplanation(explainDecision(request, applicable), policies.byPointer) };
};

const parseLine = (line: string): Result<JsonValue, string> => {
  try {
    // JSON.parse gives JSON and nothing else.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
    return ok(JSON.parse(line) as JsonValue);
  } catch {
    return err('the line is no JSON');
  }
};

const MAX_ID_CHARACTERS = 1000;

/** The id of a line that breaks off, or breaks, behind it. */
const idOfBrokenLine = (line: string): JsonValue => {
  const text = /^\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)\s*,/.exec(
    line.slice(0, MAX_ID_CHARACTERS),
  )?.[1];
  const id = text === undefined ? null : parseLine(text);
  return id?.ok === true ? id.value : null;
};

/** The caller; the role of a session is known where the context names it. */
const readCaller = ({ request }: DecideRequest): Result<Caller, string> => {
  const caller = parseCaller(request.principalType, request.principalArn);
  if (!caller.ok || caller.value.kind !== 'assumedRole') return caller;
  const entry = Object.entries(request.context ?? {}).find(([key]) => key.toLowerCase() === 'aws:principalarn');
  const [roleArn] = entry?.[1] ?? [];
  const isItsRole = roleArn?.includes(':role/') === true && friendlyName(roleArn) === sessionNames(caller.value).role;
  return isItsRole ? ok({ ...caller.value, roleArn }) : caller;
};

const toAccessRequest = ({ request }: DecideRequest, caller: Caller): AccessRequest => {
  const resourceAccount = request.resourceAccount ?? accountOf(request.resource) ?? signedCaller(caller)?.account;
  return {
    action: { name: request.action.toLowerCase(), position: null },
    resource: request.resource,
    context: toContext(request, caller),
    time: null,
    caller,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
  };
};

const accountOf = (resource: string): string | undefined => {
  const arn = parseArn(resource);
  const account = arn.ok ? arnParts(arn.value).account : '';
  return /^\d{12}$/.test(account) ? account : undefined;
};

/** A given key wins over its being said to be unknown, a key named so over what follows from the caller, that over `*`. */
const toContext = (request: DecideRequest['request'], caller: Caller): ContextLookup => {
  const { context = {}, unknownContext = [], contextComplete } = request;
  const unknown = new Set(unknownContext.map((key) => key.toLowerCase()));
  const otherwise: ContextLookup = () => (unknown.has('*') ? 'unknown' : 'absent');
  const derived: RequestContext = contextComplete === true ? {} : callerContext(caller);
  const following = withContext(derived, otherwise);
  return withContext(context, (key) => (unknown.has(key) ? 'unknown' : following(key)));
};

const toApplicablePolicies = (given: DecideRequest, policies: GivenPolicies): ApplicablePolicies => {
  const { identityPolicies, groupPolicies, scps, rcps, resourcePolicy, settings } = given;
  return {
    identity: [
      ...policies.union('/identityPolicies', identityPolicies),
      ...policies.union('/groupPolicies', groupPolicies),
    ],
    boundary: policies.capping('/permissionBoundaries', given.permissionBoundaries),
    unread: { identity: [], boundary: [] },
    session: policies.capping('/sessionPolicies', given.sessionPolicies),
    resource: resourcePolicy === undefined ? null : policies.resource('/resourcePolicy', resourcePolicy),
    ...(scps === undefined ? {} : { scps: policies.levels('/scps', scps) }),
    ...(rcps === undefined ? {} : { rcps: policies.levels('/rcps', rcps) }),
    endpoint: policies.capping('/endpointPolicies', given.endpointPolicies),
    settings: {
      managementAccount: settings?.managementAccount ?? false,
      resourceInManagementAccount: settings?.resourceInManagementAccount ?? false,
      serviceLinkedRole: settings?.serviceLinkedRole ?? false,
      // Buckets have attribute-based access control off unless somebody turns it on.
      s3: {
        bucketAbacEnabled: settings?.s3?.bucketAbacEnabled ?? false,
        blockPublicAccess: settings?.s3?.blockPublicAccess ?? false,
      },
    },
  };
};
