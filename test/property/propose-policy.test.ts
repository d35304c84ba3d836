import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAccountAccess } from '../../src/access/account-access.ts';
import { accountToDocuments } from '../../src/account/account-documents.ts';
import { parseAccountFile } from '../../src/account/account-file.ts';
import { proposePolicy } from '../../src/analyze/propose-policy.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { known } from '../../src/snapshot/collected.ts';
import { at } from '../../src/snapshot/testing/collected-builder.ts';

const FILE = 'config/demo-account.yaml';
const now = at('2027-11-22T12:00:00Z');
const yesterday = at('2027-11-21T12:00:00Z');

/** Whether something is used, told of, and so on: the same for the same text and seed. */
const chance = (text: string, seed: number, percent: number): boolean => {
  let hash = seed;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash >>> 8) % 100 < percent;
};

it('a proposal loses nothing that was used and leaves nothing unused, whoever it is for and whatever was used', async () => {
  const account = parseAccountFile(readFileSync(FILE, 'utf8'), FILE, { now });
  if (!account.ok) throw new Error(account.error.join('\n'));
  const snapshot = assembleSnapshot(accountToDocuments(account.value.main, now), createPolicyInterner());
  if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.error));
  const reference = await loadServiceReference();
  const actionsOf = new Map<string, string[]>();
  for (const name of reference.names) {
    const [service = '', action = ''] = name.split(':');
    actionsOf.set(service, [...(actionsOf.get(service) ?? []), action]);
  }
  const usage = (seed: number) =>
    [...actionsOf].map(([service, actions]) => {
      const isUsed = chance(service, seed, 40);
      const told = chance(service, seed + 1, 50) ? actions.filter((action) => chance(action, seed + 2, 60)) : [];
      return {
        service,
        lastAuthenticated: isUsed ? yesterday : null,
        actions: told.map((action) => ({
          action,
          lastAccessed: isUsed && chance(action, seed + 3, 50) ? yesterday : null,
        })),
      };
    });
  const principals = [...snapshot.value.users, ...snapshot.value.roles];
  fc.assert(
    fc.property(fc.constantFrom(...principals), fc.nat(), (principal, seed) => {
      const account = {
        ...snapshot.value,
        lastAccessed: known(new Map([[`${principal.arn}`, usage(seed)]]), 'last-accessed', now),
      };
      const access = createAccountAccess(account, reference, now);
      const context = { snapshot: account, access, reference, now, unusedDays: 90, keep: ['s3:Get*'] };
      const proposal = proposePolicy(principal, context);
      if (proposal.ok) expect(proposal.value.verification).toEqual({ lost: [], left: [] });
    }),
    { numRuns: 30, seed: 20_260_926 },
  );
}, 60_000);
