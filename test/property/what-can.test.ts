import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listPermissions } from '../../src/access/permissions/list-permissions.ts';
import { permissionData } from '../../src/cli/permission-data.ts';
import { withContext } from '../../src/evaluate/request-context.ts';
import { createPolicyCompiler } from '../../src/policy/compile-policy.ts';
import { parsePolicyDocument } from '../../src/policy/parse-policy-document.ts';
import { createActionIndex } from '../../src/reference/action-index.ts';
import { naiveDecide } from '../naive/naive-evaluator.ts';
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
  requestArbitrary,
} from './policy-arbitraries.ts';
import { residualHolds } from './residual.ts';

const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 1_500);
const seed = Number(process.env['VIGIL_PROPERTY_SEED'] ?? 20_260_926);
const LONG_RUN_MS = 3_600_000;
/** A few services with a few actions each, so that many requests can be asked. */
const reference = createActionIndex([
  { service: 'iam', actions: ['CreateUser', 'DeleteUser', 'GetUser', 'PassRole'] },
  { service: 's3', actions: ['DeleteObject', 'GetObject', 'ListAllMyBuckets', 'PutObject'] },
  { service: 'sqs', actions: ['SendMessage'] },
]);

type Json = Readonly<Record<string, unknown>>;
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);

/** The policies of a principal, and what limits them from outside. */
interface AllPolicies extends Policies {
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
const allPolicies: fc.Arbitrary<AllPolicies> = fc
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

const ALICE = 'arn:aws:iam::111122223333:user/alice';

const permissionsOf = ({ identity, boundary, session, scps, rcps }: AllPolicies, request: Request) => {
  const compile = createPolicyCompiler(reference);
  const named = (raw: unknown, index: number) => ({ name: `p${index}`, policy: compile(parsePolicyDocument(raw)) });
  const told = CONTEXT_KEYS.filter((key) => !request.hidden.includes(key));
  const context = Object.fromEntries(told.map((key) => [key, request.context[key] ?? null]));
  return listPermissions(
    {
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
    },
    reference,
    null,
  ).map(permissionData);
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

/** Whether what is told grants the request, read as the README says. */
const isGranted = (permission: Json, whole: NaiveRequest): boolean => {
  const { action, resource } = whole.request;
  const matches = (pattern: string) => matchesAnywhere(glyphsOf(pattern.toLowerCase()), action.toLowerCase());
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
    textsOf(permission['actions']).some(matches) &&
    !textsOf(permission['notActions']).some(matches) &&
    applies(permission) &&
    listOf(permission['within'])
      .filter(counts)
      .every(({ anyOf }) => listOf(anyOf).some(applies)) &&
    !listOf(permission['except']).filter(counts).some(applies)
  );
};

/** Whether the policies have patterns of actions that overlap, neither inside the other: of the pool's, with this one. */
const haveOverlaps = (policies: AllPolicies): boolean => JSON.stringify(policies).includes('s3:*Object');

test('what is told of a principal grants a request exactly where all its policies together allow it', {
  timeout: LONG_RUN_MS,
}, () => {
  fc.assert(
    fc.property(allPolicies, fc.array(requestArbitrary, { minLength: 1, maxLength: 12 }), (policies, requests) => {
      const [{ hidden, context }] = requests as [Request];
      const told = permissionsOf(policies, { action: '', resource: '', context, hidden });
      for (const request of requests) {
        const known = Object.fromEntries(Object.entries(context).filter(([key]) => !hidden.includes(key)));
        const open = Object.fromEntries(Object.entries(request.context).filter(([key]) => hidden.includes(key)));
        const whole = wholeRequest(policies, { ...request, context: { ...known, ...open } });
        const granted = told.some((permission) => isGranted(permission, whole));
        const allowed = naiveDecide(whole) === 'Allowed';
        // Where patterns overlap, nobody is told of the unknown actions that both match.
        const isSure = granted || reference.positionOf(request.action) !== null || !haveOverlaps(policies);
        if (isSure) expect(granted, JSON.stringify({ request: whole.request, told })).toBe(allowed);
      }
    }),
    { numRuns, seed },
  );
});
