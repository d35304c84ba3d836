import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAccountAccess } from '../../src/access/account-access.ts';
import { proposePolicy } from '../../src/analyze/propose-policy.ts';
import type { ServiceReference } from '../../src/reference/service-reference.ts';
import type { ServiceLastAccessed } from '../../src/snapshot/last-accessed.ts';
import { at } from '../../src/snapshot/testing/collected-builder.ts';
import { managedPolicy, role, snapshot } from '../../src/snapshot/testing/snapshot-builder.ts';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import type { NaivePolicy, NaiveRequest } from '../naive/naive-request.ts';
import { reference as index } from './permission-cases.ts';
import { type Policies, policiesArbitrary, type Request, requestArbitrary } from './policy-arbitraries.ts';

const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 1_500);
const seed = Number(process.env['VIGIL_PROPERTY_SEED'] ?? 20_260_926);

const NOW = at('2026-01-01T00:00:00Z');
const YESTERDAY = at('2025-12-31T00:00:00Z');
const APP = 'arn:aws:iam::111122223333:role/app';
const reference: ServiceReference = { ...index, dataDate: '2026-01-01', describeAction: () => null };

const actionsOf = (service: string): readonly string[] =>
  index.names.filter((name) => name.startsWith(`${service}:`)).map((name) => name.slice(service.length + 1));

/** What IAM tells of a service: that it was not used, or of some of its actions whether they were. */
const told = (service: string): fc.Arbitrary<ServiceLastAccessed> => {
  const actions = fc
    .subarray([...actionsOf(service)])
    .chain((names) =>
      fc
        .array(fc.boolean(), { minLength: names.length, maxLength: names.length })
        .map((used) => names.map((action, at) => ({ action, lastAccessed: used[at] === true ? YESTERDAY : null }))),
    );
  return fc.oneof(
    fc.constant({ service, lastAuthenticated: null, actions: [] }),
    actions.map((some) => ({ service, lastAuthenticated: YESTERDAY, actions: some })),
  );
};

/** Of some services IAM does not tell; at least one was used. */
const usage = fc
  .tuple(told('s3'), told('iam'), told('sqs'))
  .chain((services) => fc.subarray(services, { minLength: 1 }))
  .filter((services) => services.some(({ lastAuthenticated }) => lastAuthenticated !== null));

const keepList = fc.subarray(['s3:Get*', 'IAM:deleteuser', 'sqs:*']);

/** What is unused, by what IAM tells and the keep list, in the words of the issue. */
const isUnused = (action: string, services: readonly ServiceLastAccessed[], keep: readonly string[]): boolean => {
  const [service = '', name = ''] = action.toLowerCase().split(':');
  if (action.toLowerCase() === 'iam:passrole') return false;
  if (keep.some((pattern) => new RegExp(`^${pattern.replace('*', '.*')}$`, 'i').test(action))) return false;
  const tells = services.find((each) => each.service === service);
  if (tells === undefined) return false;
  if (tells.lastAuthenticated === null) return true;
  return tells.actions.some((each) => each.action.toLowerCase() === name && each.lastAccessed === null);
};

const decide = (identity: readonly unknown[], { boundary }: Policies, request: Request): boolean => {
  const named = (document: unknown): NaivePolicy => ({ name: 'p', document });
  const whole: NaiveRequest = {
    request: {
      principalArn: APP,
      principalType: 'role',
      action: request.action,
      resource: request.resource,
      resourceAccount: '111122223333',
      // What is said of the caller follows from who it is.
      context: Object.fromEntries(
        Object.entries(request.context).flatMap(([key, value]) =>
          /^aws:(principal|user)/i.test(key) ? [] : [[key, [value]]],
        ),
      ),
    },
    identityPolicies: identity.map(named),
    ...(boundary && { permissionBoundaries: boundary.map(named) }),
  };
  return naiveDecide(whole) === 'Allowed';
};

const propose = (
  { identity, boundary }: Policies,
  services: readonly ServiceLastAccessed[],
  keep: readonly string[],
) => {
  const limit = boundary === null ? null : managedPolicy('limit', boundary[0], { accountId: '111122223333' });
  const app = role('app', {
    accountId: '111122223333',
    createDate: '2020-01-01T00:00:00Z',
    inlinePolicies: Object.fromEntries(identity.map((document, at) => [`p${at}`, document])),
    ...(limit && { permissionsBoundary: limit }),
  });
  const account = snapshot({
    accountId: '111122223333',
    roles: [app],
    managedPolicies: limit === null ? [] : [limit],
    lastAccessed: new Map([[APP, services]]),
  });
  const access = createAccountAccess(account, reference, NOW);
  return proposePolicy(app, { snapshot: account, access, reference, now: NOW, unusedDays: 90, keep });
};

it('a proposal allows what was used as today, denies what was not, and allows nothing new', () => {
  const seen = { proposed: 0, kept: 0, taken: 0 };
  fc.assert(
    fc.property(
      policiesArbitrary,
      usage,
      keepList,
      fc.array(requestArbitrary, { minLength: 4, maxLength: 16 }),
      (policies, services, keep, requests) => {
        const proposal = propose(policies, services, keep);
        if (!proposal.ok) return;
        seen.proposed += 1;
        expect(proposal.value.verification).toEqual({ lost: [], left: [] });
        for (const request of requests) {
          const before = decide(policies.identity, policies, request);
          const after = decide([proposal.value.document], policies, request);
          const what = JSON.stringify({ request, document: proposal.value.document });
          if (after) expect(before, what).toBe(true);
          // Of actions that AWS does not know nothing can have been told.
          if (index.positionOf(request.action) === null) continue;
          const unused = isUnused(request.action, services, keep);
          expect(after, what).toBe(before && !unused);
          if (before) seen[unused ? 'taken' : 'kept'] += 1;
        }
      },
    ),
    { numRuns, seed },
  );
  // The property is about something.
  expect(Math.min(seen.proposed, seen.kept, seen.taken)).toBeGreaterThan(numRuns / 10);
}, 600_000);
