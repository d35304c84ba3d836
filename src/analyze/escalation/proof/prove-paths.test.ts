import { describe, expect, it } from 'vitest';
import { createAccountAccess } from '../../../access/account-access.ts';
import { serviceReference } from '../../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import { escalationMethods } from '../catalogue/index.ts';
import type { Way } from '../escalation-method.ts';
import type { EscalationPath } from '../escalation-path.ts';
import { createSearchContext } from '../search-context.ts';
import { searchPaths } from '../search-paths.ts';
import { toEscalation } from '../tell-path.ts';
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

const isOfIamAlone = ({ requires }: Way): boolean => {
  const actions = requires.flatMap((each) => ('anyOf' in each ? each.anyOf : [each])).map(({ action }) => action);
  return actions.length > 0 && actions.every((action) => /^(?:iam|sts):/.test(action));
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

  it('are all of the catalogue but for those whose use shows outside of IAM and STS', () => {
    const cased = new Set(METHOD_CASES.map(({ method }) => method));
    const left = escalationMethods.filter(({ id, ways }) => ways.some(isOfIamAlone) && !cased.has(id));
    expect(left.map(({ id }) => id).sort()).toEqual([
      // What they yield is of use in another account, at an instance, or with CodeCommit and services alike.
      'own-assume-root',
      'own-iam-profile-swap-role',
      'own-iam-service-credential',
      'own-iam-signing-cert',
      'own-iam-ssh-key',
      'own-org-access-role',
    ]);
  });

  it('are proven in the findings of forty and more', () => {
    const proven = new Map<string, boolean>();
    for (const each of METHOD_CASES) {
      const { account, path } = foundBy(each);
      const { proof } = toEscalation(path, proofIn(account, path), account);
      proven.set(each.method, (proven.get(each.method) ?? false) || proof === 'proven');
    }
    const others = [...proven].filter(([, isProven]) => !isProven).map(([method]) => method);
    // They hang on what no account tells: a token of an issuer, the secret of a key.
    expect(others).toEqual(['own-iam-oidc-audience', 'own-iam-oidc-thumbprint', 'own-iam-reactivate-key']);
    expect(proven.size - others.length).toBeGreaterThanOrEqual(40);
  });
});
