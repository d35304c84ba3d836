import fc from 'fast-check';
import type { Asker } from '../../src/access/permissions/read-clauses.ts';
import { withContext } from '../../src/evaluate/request-context.ts';
import { parseArn } from '../../src/iam/arn.ts';
import { createPolicyCompiler } from '../../src/policy/compile-policy.ts';
import { parsePolicyDocument } from '../../src/policy/parse-policy-document.ts';
import { createActionIndex } from '../../src/reference/action-index.ts';
import { must } from '../../src/snapshot/testing/collected-builder.ts';
import { resourceMatches } from '../naive/naive-matching.ts';
import { glyphsOf, matchesAnywhere } from '../naive/naive-patterns.ts';
import { contextOf, type NaiveRequest } from '../naive/naive-request.ts';
import {
  CONTEXT_KEYS,
  documentArbitrary,
  type Policies,
  policiesArbitrary,
  type RawDocument,
  type Request,
} from './policy-arbitraries.ts';
import { residualHolds } from './residual.ts';

/** A few services with a few actions each, so that many requests can be asked. */
export const reference = createActionIndex([
  { service: 'iam', actions: ['CreateUser', 'DeleteUser', 'GetUser', 'PassRole'] },
  { service: 's3', actions: ['DeleteObject', 'GetObject', 'ListAllMyBuckets', 'PutObject'] },
  { service: 'sqs', actions: ['SendMessage'] },
]);

type Json = Readonly<Record<string, unknown>>;
/** A list of objects of an answer. */
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);

/** The policies of a principal, and what limits them from outside. */
export interface AllPolicies extends Policies {
  readonly session: readonly RawDocument[] | null;
  readonly scps: readonly (readonly RawDocument[])[];
  readonly rcps: readonly (readonly RawDocument[])[];
}

const ALLOW_ALL: RawDocument = { Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] };
const levels = fc.array(
  fc.oneof(
    documentArbitrary.map((document) => [document]),
    documentArbitrary.map((document) => [ALLOW_ALL, document]),
  ),
  { maxLength: 2 },
);
/** Any policies of every kind but those of resources. */
export const allPolicies: fc.Arbitrary<AllPolicies> = fc
  .tuple(
    policiesArbitrary,
    fc.option(documentArbitrary, { freq: 1 }),
    fc.oneof(fc.constant([]), levels),
    fc.oneof(fc.constant([]), levels),
  )
  .map(([own, session, scps, rcps]) => ({
    ...own,
    session: session && [session],
    scps,
    rcps: rcps.map((level) =>
      level.map((document) => ({
        ...document,
        Statement: document.Statement.map((statement) => ({ ...statement, Principal: '*' })),
      })),
    ),
  }));

/** Who asks. */
const ALICE = 'arn:aws:iam::111122223333:user/alice';

/** The asker of policies, of whose context all but the hidden keys is told. */
export const askerOf = (
  { identity, boundary, session, scps, rcps }: AllPolicies,
  request: Pick<Request, 'context' | 'hidden'>,
): Asker => {
  const compile = createPolicyCompiler(reference);
  const named = (raw: unknown, index: number) => ({ name: `p${index}`, policy: compile(parsePolicyDocument(raw)) });
  const told = CONTEXT_KEYS.filter((key) => !request.hidden.includes(key));
  const context = Object.fromEntries(told.map((key) => [key, request.context[key] ?? null]));
  return {
    policies: {
      identity: identity.map(named),
      boundary: boundary?.map(named) ?? null,
      session: session?.map(named) ?? null,
      scps: scps.map((level) => level.map(named)),
      rcps: rcps.map((level) => level.map(named)),
      unread: { identity: [], boundary: [] },
    },
    context: withContext(context, () => 'unknown'),
    time: null,
    caller: { kind: 'user', arn: ALICE, account: '111122223333' },
  };
};

const wholeRequest = ({ identity, boundary, session, scps, rcps }: AllPolicies, request: Request): NaiveRequest => {
  const named = (document: unknown, index: number) => ({ name: `p${index}`, document });
  return {
    request: {
      principalArn: ALICE,
      principalType: 'user',
      action: request.action,
      resource: request.resource,
      resourceAccount: '111122223333',
      context: Object.fromEntries(Object.entries(request.context).map(([key, value]) => [key, [value]])),
      contextComplete: true,
    },
    identityPolicies: identity.map(named),
    permissionBoundaries: (boundary ?? []).map(named),
    sessionPolicies: (session ?? []).map(named),
    ...(scps.length > 0 && { scps: scps.map((level) => level.map(named)) }),
    ...(rcps.length > 0 && { rcps: rcps.map((level) => level.map(named)) }),
  };
};

/** Whether the actions that are told are about the request's. */
export const isAboutAction = (permission: Json, { request: { action } }: NaiveRequest): boolean => {
  const matches = (pattern: string) => matchesAnywhere(glyphsOf(pattern.toLowerCase()), action.toLowerCase());
  return textsOf(permission['actions']).some(matches) && !textsOf(permission['notActions']).some(matches);
};

/** Whether the terms that are told hold for the request, read as the README says. */
export const isGranted = (permission: Json, whole: NaiveRequest): boolean => {
  const { resource } = whole.request;
  const applies = (clause: Json): boolean => {
    const found = textsOf(clause['resources'] ?? clause['notResources']).map((pattern) =>
      resourceMatches(pattern, true, resource, contextOf(whole)),
    );
    const inArea = 'resources' in clause ? found.includes(true) : found.every((matched) => matched === false);
    const { conditions } = clause as { readonly conditions: Json | null };
    return inArea && (conditions === null || residualHolds(conditions['formula'], whole));
  };
  // RCPs are about requests that name a resource, of some services.
  const counts = ({ limit }: Json) => limit !== 'rcp' || resource !== '*';
  return (
    applies(permission) &&
    listOf(permission['within'])
      .filter(counts)
      .every(({ anyOf }) => listOf(anyOf).some(applies)) &&
    !listOf(permission['except']).filter(counts).some(applies)
  );
};

/** Requests that agree in what is told of their context, and that. */
export const completions = (policies: AllPolicies, requests: readonly Request[]) => {
  const { hidden = [], context = {} } = requests[0] ?? {};
  const known = Object.fromEntries(Object.entries(context).filter(([key]) => !hidden.includes(key)));
  const wholes = requests.map((request) => {
    const open = Object.fromEntries(Object.entries(request.context).filter(([key]) => hidden.includes(key)));
    return wholeRequest(policies, { ...request, context: { ...known, ...open } });
  });
  return { told: { context, hidden }, wholes };
};

/** A bucket whose policy counts. */
export const BUCKET = must(parseArn('arn:aws:s3:::b'));
/** Whether a resource is that bucket or an object in it. */
export const isInBucket = (resource: string): boolean => resource === BUCKET || resource.startsWith(`${BUCKET}/`);

/** Any policy of the bucket, for everybody or for one. */
export const bucketPolicy = fc
  .tuple(documentArbitrary, fc.constantFrom('*', '111122223333', ALICE, 'arn:aws:iam::111122223333:user/bob'))
  .map(([document, AWS]) => ({
    ...document,
    Statement: document.Statement.map((statement) => ({ ...statement, Principal: { AWS } })),
  }));

/** The bucket with its policy; none where it has none. */
export const carriersOf = (raw: RawDocument | null) => {
  const compile = createPolicyCompiler(reference);
  return raw === null
    ? []
    : [{ arn: BUCKET, policy: { name: 'b', policy: compile(parsePolicyDocument(raw)) }, isRole: false }];
};
