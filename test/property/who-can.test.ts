import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAccountAccess } from '../../src/access/account-access.ts';
import { whoCanPerform } from '../../src/access/who-can-perform.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { trusts } from '../../src/snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../src/snapshot/testing/snapshot-builder.ts';
import { documentArbitrary, requestArbitrary } from './policy-arbitraries.ts';

const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 300);
const reference = await loadServiceReference();

const holder = fc.record({
  inline: fc.array(documentArbitrary, { maxLength: 2 }),
  attached: fc.subarray([0, 1, 2, 3]),
});
const principal = fc.record({ own: holder, boundary: fc.option(fc.constantFrom(0, 1, 2, 3)), grouped: fc.boolean() });

/** An account of three managed policies and a reference to a fourth that was not collected. */
const accountArbitrary = fc
  .record({
    documents: fc.array(documentArbitrary, { minLength: 3, maxLength: 3 }),
    group: holder,
    principals: fc.array(principal, { minLength: 1, maxLength: 6 }),
  })
  .map(({ documents, group: shared, principals }) => {
    const policies = documents.map((document, index) => managedPolicy(`p${index}`, document));
    const arnOf = (index: number): string => policies[index]?.arn ?? 'arn:aws:iam::123456789012:policy/lost';
    const held = ({ inline, attached }: typeof shared) => ({
      inlinePolicies: Object.fromEntries(inline.map((document, index) => [`i${index}`, document])),
      attachedManagedPolicies: attached.map(arnOf),
    });
    const parts = principals.map(({ own, boundary, grouped }) => ({
      ...held(own),
      permissionsBoundary: boundary === null ? null : arnOf(boundary),
      groups: grouped ? ['g'] : [],
    }));
    return snapshot({
      users: parts.map((each, index) => user(`u${index}`, each)),
      roles: parts.map((each, index) => role(`r${index}`, { ...each, trustPolicy: trusts({ AWS: '123456789012' }) })),
      groups: [group('g', held(shared))],
      managedPolicies: policies,
    });
  });

test(
  'who can is what asking each principal says',
  () => {
    fc.assert(
      fc.property(accountArbitrary, requestArbitrary, (account, { action, resource }) => {
        const access = createAccountAccess(account, reference);
        const asked = [account.root, ...account.users, ...account.roles]
          .map((each) => ({ principal: each, decision: access.canPerform(each, action, resource) }))
          .filter(({ decision }) => decision.kind !== 'explicitDeny' && decision.kind !== 'implicitDeny');
        expect(whoCanPerform(access, { action, resource, context: {} })).toEqual(asked);
      }),
      { numRuns, seed: 20_260_926 },
    );
  },
  numRuns * 10 + 30_000,
);
