import { describe, expect, it } from 'vitest';
import { createAccountAccess } from '../../../access/account-access.ts';
import { serviceReference } from '../../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import { escalationMethods } from '../catalogue/index.ts';
import type { EscalationPath } from '../escalation-path.ts';
import { createSearchContext } from '../search-context.ts';
import { searchPaths } from '../search-paths.ts';
import { METHOD_CASES, type MethodCase } from '../testing/method-cases.ts';
import type { Proof } from './proof.ts';
import { createPathProver } from './prove-paths.ts';

const reference = serviceReference();

const askerIn = ({ users, roles }: AccountSnapshot) => {
  const asker = [...users, ...roles].find(({ arn }) => /\/mallory$/.test(arn));
  if (asker === undefined) throw new Error('nobody asks');
  return asker;
};

/** The path of the asker that begins with a method. */
const pathBy = (id: string, account: AccountSnapshot): EscalationPath | undefined => {
  const access = createAccountAccess(account, reference, account.collectedAt);
  return searchPaths(createSearchContext(account, access, reference), escalationMethods)
    .paths.get(askerIn(account))
    ?.get(id);
};

const proofIn = (account: AccountSnapshot, path: EscalationPath): Proof | undefined =>
  createPathProver(account, reference, account.collectedAt)([{ start: askerIn(account), path }])[0];

const foundBy = ({ method, build, grants }: MethodCase): { account: AccountSnapshot; path: EscalationPath } => {
  const account = build(grants);
  const path = pathBy(method, account);
  if (path === undefined) throw new Error(`${method} finds no path`);
  return { account, path };
};

const cases = METHOD_CASES.map((each) => [`${each.method}: ${each.story}`, each] as const);

describe('methods that need IAM and STS alone, replayed on the emulated account', () => {
  it.each(cases)('%s is carried out to its end', (_title, each) => {
    const { account, path } = foundBy(each);
    const proof = proofIn(account, path);
    expect([proof?.kind, proof?.reason]).toEqual(['proven', null]);
    expect(proof?.transcript[0]).toMatchObject({ step: null, outcome: 'refused', code: 'AccessDenied' });
    expect(proof?.transcript.at(-1)).toMatchObject({ step: null, outcome: 'done' });
  });

  it.each(cases)('%s is refused where one grant is taken away', (_title, each) => {
    const { path } = foundBy(each);
    const kinds = each.grants.map((_, at) => {
      const account = each.build(each.grants.filter((_grant, index) => index !== at));
      return proofIn(account, path)?.kind;
    });
    expect(kinds).toEqual(each.grants.map(() => 'refused'));
  });

  it('are forty and more', () => {
    expect(new Set(METHOD_CASES.map(({ method }) => method)).size).toBeGreaterThanOrEqual(40);
  });
});
