import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import { parseAccountFile } from './account-file.ts';
import { organizationDocument } from './organization-document.ts';
import { organizationOf } from './organization-membership.ts';
import { organizationPolicies } from './organization-policies.ts';

const now = at('2026-01-31T12:00:00Z');

const DENY = '{ Version: "2012-10-17", Statement: { Effect: Deny, Action: "s3:*", Resource: "*" } }';
const RCP = '{ Version: "2012-10-17", Statement: { Effect: Deny, Principal: "*", Action: "s3:*", Resource: "*" } }';

const parse = (text: string) => parseAccountFile(text, 'account.yaml', { now });

const accountsOf = (text: string) => {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  return parsed.value;
};

const TREE = `
accountId: "111122223333"
organization:
  organizationId: o-exampleorg1
  rootId: r-ab12
  policies:
    - { policyName: no-s3, document: ${DENY} }
    - { policyName: no-s3-data, type: RESOURCE_CONTROL_POLICY, document: ${RCP} }
  attachedPolicies: [no-s3-data]
  organizationalUnits:
    - name: workloads
      attachedPolicies: [no-s3]
      fullAWSAccess: false
      organizationalUnits:
        - { name: production, accounts: [{ accountId: "444455556666", name: shop, tags: { tier: "1" } }] }
  delegatedAdministrators: [{ accountId: "444455556666", servicePrincipal: sso.amazonaws.com }]
`;

describe('the organization of an account file', () => {
  it('reads the example of its documentation', () => {
    const page = readFileSync(new URL('account-file.md', import.meta.url), 'utf8');
    const { cloud, main } = accountsOf(
      /## The organization[\s\S]*?```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? 'no example',
    );
    expect(organizationOf(cloud, main)?.accounts.get('444455556666')).toMatchObject({ parentId: 'ou-ab12-11111111' });
  });

  it('puts guardrails above its accounts, level by level', () => {
    const { cloud, main } = accountsOf(TREE);
    const member = organizationPolicies(cloud, { ...main, accountId: '444455556666' as typeof main.accountId });
    const names = member?.levels.map(({ name, scps, rcps }) => [
      name,
      scps.map((policy) => policy.name),
      rcps.map((policy) => policy.name),
    ]);
    expect(names).toEqual([
      ['Root', ['FullAWSAccess'], ['RCPFullAWSAccess', 'no-s3-data']],
      ['workloads', ['no-s3'], ['RCPFullAWSAccess']],
      ['production', ['FullAWSAccess'], ['RCPFullAWSAccess']],
      ['shop', ['FullAWSAccess'], ['RCPFullAWSAccess']],
    ]);
    expect(organizationDocument(cloud, main)?.path.map(({ id }) => id)).toEqual(['r-ab12', '111122223333']);
  });

  it('has the accounts that it names made, with the role of AWS Organizations', () => {
    const { cloud } = accountsOf(TREE);
    expect([...cloud.accounts.values()].map(({ accountId }) => accountId)).toEqual(['111122223333', '444455556666']);
    const roles = [...(cloud.accounts.get('aws:444455556666')?.roles.values() ?? [])];
    expect(roles.map(({ roleName }) => roleName)).toEqual([
      'AWSServiceRoleForOrganizations',
      'OrganizationAccountAccessRole',
    ]);
    expect(JSON.parse(roles[1]?.assumeRolePolicyDocument ?? '')).toMatchObject({
      Statement: [{ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    });
  });

  it('gives the same ids each time it is read', () => {
    const ids = () => {
      const { cloud, main } = accountsOf(TREE);
      const { units, policies } = organizationOf(cloud, main) ?? {};
      return [...(units?.values() ?? []), ...(policies?.values() ?? [])].map(({ id }) => id);
    };
    expect(ids()).toEqual(ids());
    expect(ids().join(' ')).toMatch(/^ou-ab12-[a-z0-9]{8} ou-ab12-[a-z0-9]{8} p-[a-z0-9]{8} p-[a-z0-9]{8}$/);
  });

  it('may be one of several accounts, the management account another than the first', () => {
    const { cloud, main } = accountsOf(`
accounts:
  - { accountId: "111122223333" }
  - { accountId: "444455556666", alias: boss }
  - { accountId: "777788889999" }
organization: { managementAccountId: "444455556666" }
`);
    const organization = organizationOf(cloud, main);
    expect(organization?.managementAccountId).toBe('444455556666');
    expect([...(organization?.accounts.values() ?? [])].map(({ id }) => id)).toEqual(['111122223333', '444455556666']);
  });

  it.each([
    [
      'a policy that is absent',
      'attachedPolicies: [gone]',
      'organization.attachedPolicies.0: there is no policy `gone` under `organization.policies`',
    ],
    [
      "AWS's own policy, attached",
      'accounts: [{ accountId: "444455556666", attachedPolicies: [FullAWSAccess] }]',
      'organization.accounts.0.attachedPolicies.0: `FullAWSAccess` is attached everywhere by itself; leave it out, or write `fullAWSAccess: false` where it is not',
    ],
    [
      'an account that stands twice',
      'accounts: [{ accountId: "444455556666" }, { accountId: "444455556666" }]',
      'organization.accounts.1: `444455556666` stands twice in the organization',
    ],
    [
      'a target without an SCP',
      'enabledPolicyTypes: [SERVICE_CONTROL_POLICY], organizationalUnits: [{ name: u, fullAWSAccess: false }]',
      'organization.organizationalUnits.0.fullAWSAccess: at least one SCP stays attached to every target; attach another one',
    ],
    [
      'an RCP that allows',
      'policies: [{ policyName: p, type: RESOURCE_CONTROL_POLICY, document: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "*", Resource: "*" } } }]',
      'organization.policies.0.document: an RCP has at most 10,240 characters, and only statements with `Effect: Deny` and `Principal: "*"`',
    ],
    [
      'an unknown operator',
      'policies: [{ policyName: p, document: { Version: "2012-10-17", Statement: { Effect: Deny, Action: "*", Resource: "*", Condition: { StringLikes: { a: b } } } } }]',
      'organization.policies.0.document.Statement.Condition.StringLikes: unknown condition operator `StringLikes`',
    ],
    [
      'a policy of a type that is not enabled',
      `enabledPolicyTypes: [], attachedPolicies: [p], policies: [{ policyName: p, document: ${DENY} }]`,
      'organization.attachedPolicies.0: the type `SERVICE_CONTROL_POLICY` is not among `enabledPolicyTypes`; add it',
    ],
    [
      'a delegated administrator that is no member',
      'delegatedAdministrators: [{ accountId: "444455556666", servicePrincipal: sso.amazonaws.com }]',
      'organization.delegatedAdministrators.0.accountId: 444455556666 is no member account of this organization; a delegated administrator is one',
    ],
    [
      'a number for an account id',
      'accounts: [{ accountId: 444455556666 }]',
      'organization.accounts.0.accountId: an account id is text: put its twelve digits between quotes',
    ],
  ])('is refused for %s', (_, organization, problem) => {
    const parsed = parse(`organization: { ${organization} }`);
    expect(parsed.ok ? [] : parsed.error.map((line) => line.replace(/^account\.yaml:\d+:\d+: /, ''))).toEqual([
      problem,
    ]);
  });
});
