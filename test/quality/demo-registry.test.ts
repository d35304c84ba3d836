import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountToDocuments } from '../../src/account/account-documents.ts';
import { accountAt } from '../../src/account/cloud-state.ts';
import { callBy, cloudOfFiles, NOW } from '../../src/account/testing/cloud-of-file.ts';
import { createCheckTools } from '../../src/analyze/check-tools.ts';
import type { Check } from '../../src/analyze/define-check.ts';
import { findDoorsAmong } from '../../src/analyze/find-doors.ts';
import { allChecks } from '../../src/analyze/registry.ts';
import { type CheckRun, runChecks } from '../../src/analyze/run-checks.ts';
import { DEFAULT_CHECK_SETTINGS } from '../../src/analyze/testing/default-settings.ts';
import type { AccountDeclaration } from '../../src/analyze/trust/trusted-accounts.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import type { AccessAnalyzer } from '../../src/snapshot/access-analyzer.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import type { Organization } from '../../src/snapshot/organization.ts';
import { accessAnalyzer, analyzer, externalFinding } from '../../src/snapshot/testing/analyzer-builder.ts';
import { collected } from '../../src/snapshot/testing/collected-builder.ts';
import { assigned, identityCenter, permissionSet } from '../../src/snapshot/testing/identity-center-builder.ts';
import { attachedPolicy, organizationTree } from '../../src/snapshot/testing/organization-builder.ts';
import { allow, policyDocument, trusts } from '../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../src/snapshot/testing/resource-builder.ts';
import { role, snapshot } from '../../src/snapshot/testing/snapshot-builder.ts';

/** The vendors that the company would declare in its configuration; of the others `role-trusts-undeclared-account` tells. */
const DECLARED: readonly AccountDeclaration[] = [
  { id: '210987654321', name: 'Lumen Monitoring', owner: 'platform', expires: null },
  { id: '345678901234', name: 'Costwise', owner: 'finance', expires: null },
];

/** The checks that are off unless somebody asks. */
const SWITCHED_ON = new Map([['user-dangerous-grants-without-mfa', { enabled: true }]]);

const filterOf = (property: string, value: string) =>
  new Map([[property, { eq: [value], neq: [], contains: [], exists: null }]]);

/** What the management account would be told. */
const managing = (features: readonly string[], parts: Partial<Organization>) =>
  collected({ id: 'o-meridian01', managementAccountId: '123456789012', path: [], features, ...parts }, 'organization');

/** An organization that leaves its accounts to themselves. */
const CARELESS: Partial<Organization> = {
  tree: organizationTree({
    policyTypes: ['SERVICE_CONTROL_POLICY'],
    policies: [attachedPolicy('long', { characters: 10_000, targets: ['ou-work'] })],
  }),
  delegatedAdministrators: [
    { accountId: '222222222222', name: 'identity', services: ['sso.amazonaws.com'] },
    { accountId: '333333333333', name: 'security', services: ['guardduty.amazonaws.com'] },
  ],
};

/** One that does not. */
const CAREFUL: Partial<Organization> = {
  tree: organizationTree({ policies: [attachedPolicy('no-leaving')] }),
  delegatedAdministrators: [],
};

/** What the demo account would be told of permission sets, were it the management account. */
const PERMISSION_SETS = identityCenter({
  permissionSets: [
    permissionSet('Owner', {
      sessionHours: 12,
      policies: { inline: policyDocument(allow('*')) },
      assignments: [assigned('123456789012', 'USER', 'ann')],
    }),
    permissionSet('Helpdesk', {
      policies: { inline: policyDocument(allow(['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'])) },
      assignments: [assigned('123456789012', 'GROUP', 'desk')],
    }),
    permissionSet('Idle', { policies: { inline: policyDocument(allow('s3:ListAllMyBuckets')) } }),
  ],
  users: { ann: ['ann'] },
  groups: { desk: ['Helpdesk', ['ann']] },
});

/** What AWS's own analyzer would tell of the account besides: the emulated one reads the policies as Vigil does. */
const ANALYZED: AccessAnalyzer = accessAnalyzer({
  analyzers: [
    analyzer({
      archiveRules: [
        { name: 'lumen', filter: filterOf('principal.AWS', '210987654321') },
        { name: 'all-roles', filter: filterOf('resourceType', 'AWS::IAM::Role') },
      ],
    }),
  ],
  findings: [
    externalFinding('arn:aws:iam::123456789012:role/vendor/vendor-lumen-monitoring', {
      principal: { AWS: '210987654321' },
    }),
    externalFinding('arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-1', {
      id: 'f-2',
      principal: { AWS: '*' },
    }),
  ],
});

/** An account of the company that is audited with the demo account, and trusts it. */
const SANDBOX = snapshot({
  accountId: '777788889999',
  roles: [
    role('sandbox-owner', {
      accountId: '777788889999',
      trustPolicy: trusts({ AWS: 'arn:aws:iam::123456789012:root' }),
      inlinePolicies: { everything: allow('*') },
    }),
  ],
  resources: [
    resource('arn:aws:s3:::meridian-sandbox-payroll', {
      tags: { 'vigil:crown-jewel': 'true' },
      policy: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::123456789012:root' },
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::meridian-sandbox-payroll/*',
        },
      },
    }),
  ],
});

/** Runs every check on the account of a file, and of what is known of it besides. */
const checked = async (file: string, besides: Partial<AccountSnapshot> = {}): Promise<CheckRun> => {
  const account = accountAt(cloudOfFiles(readFileSync(file, 'utf8')), callBy('nobody').account);
  const assembled = assembleSnapshot(accountToDocuments(account, NOW), createPolicyInterner());
  if (!assembled.ok) throw new Error(assembled.error.map(({ message }) => message).join('\n'));
  const whole = { ...assembled.value, ...besides };
  const reference = await loadServiceReference();
  const neighbours = await findDoorsAmong([whole, SANDBOX], { reference, crownJewels: [] }, () => NOW);
  const tools = createCheckTools(whole, reference, NOW, DECLARED, neighbours);
  const settings = { ...DEFAULT_CHECK_SETTINGS, options: SWITCHED_ON };
  return runChecks(allChecks, whole, { settings, tools });
};

/** What the results of a check come to. */
const sidesOf = ({ results }: CheckRun, { id }: Check): ReadonlySet<string> =>
  new Set(results.filter(({ check }) => check.id === id).map(({ result }) => result.outcome));

/** Checks whose one subject is the same in each account, though it is no part of it: an account shows one side. */
const ONE_SUBJECT: Readonly<Record<string, string>> = {
  'cloudshell-full-access-attached': 'judges one policy of AWS',
};

const judgesWholeAccount = ({ resourceType }: Check): boolean =>
  resourceType === 'Account' || resourceType === 'RootUser';

let demo: CheckRun;
let other: CheckRun;

beforeAll(async () => {
  demo = await checked('config/demo-account.yaml', {
    accessAnalyzer: collected(ANALYZED, 'access-analyzer'),
    organization: managing(['RootCredentialsManagement'], CARELESS),
    identityCenter: collected(PERMISSION_SETS, 'identity-center'),
  });
  other = await checked('test/quality/other-account.yaml', { organization: managing([], CAREFUL) });
}, 60_000);

describe('the demo account', () => {
  it('breaks no check', () => {
    expect([...demo.diagnostics, ...other.diagnostics]).toEqual([]);
  });

  const isOneSided = (check: Check): boolean => judgesWholeAccount(check) || ONE_SUBJECT[check.id] !== undefined;
  const twoSided = allChecks.filter((check) => !isOneSided(check));
  it.each(twoSided.map((check) => [check.id, check] as const))('shows %s in fail and in pass', (_, check) => {
    expect([...sidesOf(demo, check)]).toEqual(expect.arrayContaining(['fail', 'pass']));
  });

  const oneSided = allChecks.filter(isOneSided);
  it.each(oneSided.map((check) => [check.id, check] as const))(
    'shows one side of %s, and another account the other',
    (_, check) => {
      expect([...sidesOf(demo, check)].some((outcome) => outcome !== 'unknown')).toBe(true);
      const sides = new Set([...sidesOf(demo, check), ...sidesOf(other, check)]);
      expect([...sides]).toEqual(expect.arrayContaining(['fail', 'pass']));
    },
  );

  it('is told of in whole sentences, without a hole in them', () => {
    const told = [...demo.results, ...other.results].filter(({ result }) => result.outcome === 'fail');
    for (const { check, result } of told) {
      expect(result.summary, check.id).toMatch(/^[A-Z].*\.$/s);
      expect(result.summary, check.id).not.toMatch(/undefined|\[object|\bNaN\b|\bnull\b| {2}| [,.]/);
    }
  });

  it('makes an exception of checks that exist and need it', () => {
    for (const id of Object.keys(ONE_SUBJECT)) {
      const check = allChecks.find((each) => each.id === id);
      expect(check && sidesOf(demo, check).size).toBe(1);
    }
  });
});
