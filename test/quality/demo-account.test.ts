import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { accountToDocuments } from '../../src/account/account-documents.ts';
import { parseAccountFile } from '../../src/account/account-file.ts';
import { type AccountAnalysis, analyzeAccount } from '../../src/analyze/analyze-account.ts';
import { CATEGORIES } from '../../src/finding/check-result.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { at } from '../../src/snapshot/testing/collected-builder.ts';

// What the remarks WRONG and FINE of config/demo-account.yaml promise, a year after it was written too.
const FILE = 'config/demo-account.yaml';
let analysis: AccountAnalysis;

beforeAll(async () => {
  const now = at('2027-11-22T12:00:00Z');
  const account = parseAccountFile(readFileSync(FILE, 'utf8'), FILE, { now });
  if (!account.ok) throw new Error(account.error.join('\n'));
  const snapshot = assembleSnapshot(accountToDocuments(account.value.main, now), createPolicyInterner());
  if (!snapshot.ok) throw new Error(snapshot.error.map(({ message }) => message).join('\n'));
  const reference = await loadServiceReference();
  const settings = { disabled: new Set<string>(), options: new Map() };
  analysis = analyzeAccount(snapshot.value, { now, reference, settings });
}, 60_000);

const findingsOf = (resource: string): readonly string[] =>
  analysis.findings.filter(({ subject }) => subject.arn.endsWith(`:${resource}`)).map(({ checkId }) => checkId);

it.each([
  ['root', 'root-user-has-access-key'],
  ['root', 'root-user-used-recently'],
  ['root', 'account-password-policy-weak'],
  ['user/chiara.moretti', 'principal-can-become-administrator'],
  ['user/dmitri.volkov', 'principal-can-become-administrator'],
  ['user/dmitri.volkov', 'user-access-key-not-rotated'],
  ['user/finn.oconnor', 'user-console-access-without-mfa'],
  ['user/grace.mbeki', 'user-has-two-active-access-keys'],
  ['user/ines.costa', 'user-password-unused'],
  ['user/oskar.nilsson', 'principal-can-become-administrator'],
  ['user/rosa.jimenez', 'user-policy-attached-directly'],
  ['user/tomas.novak', 'user-access-key-unused'],
  ['user/ulla.berg', 'principal-can-become-administrator'],
  ['user/ulla.berg', 'user-has-inline-policy'],
  ['role/functions/key-rotation', 'principal-can-become-administrator'],
  ['policy/full-access-2016', 'managed-policy-grants-everything'],
  ['role/vendor/press-kit-upload', 'role-trusts-any-principal'],
  ['role/vendor/vendor-vaultline-backup', 'role-trusts-foreign-account-without-external-id'],
  ['role/functions/newsletter-2022', 'role-unused'],
  ['user/theo.lindgren', 'user-onboarding-incomplete'],
  ['user/theo.lindgren', 'user-access-key-made-at-creation'],
  ['user/wendy.osei', 'user-access-key-quarantined-as-leaked'],
  ['user/xenia.papadaki', 'user-inactive-credential-kept'],
  ['user/xenia.papadaki', 'user-ssh-public-key-not-rotated'],
  ['user/xenia.papadaki', 'user-has-signing-certificate'],
  ['user/yusuf.demir', 'user-service-specific-credential-never-expires'],
  ['user/yusuf.demir', 'principal-can-gain-sensitive-access'],
  ['user/yusuf.demir', 'principal-can-reach-crown-jewel'],
  ['user/zoe.alvarez', 'principal-opens-access-by-tagging-itself'],
  ['user/paulo.ferreira', 'user-inactive'],
  ['user/service/code-mirror', 'user-service-specific-credential-not-rotated'],
  ['group/seo-agency', 'group-without-members'],
  ['policy/order-events-consume', 'managed-policy-has-many-versions'],
  ['policy/require-mfa-2019', 'policy-mfa-condition-spares-access-keys'],
  ['policy/scanner-inbox', 'policy-version-ignores-variables'],
  ['policy/all-buckets-but-payroll', 'policy-allows-all-but-some-resources'],
  ['policy/keep-invoices', 'policy-deny-protects-nothing'],
  ['role/adfs-operators', 'role-trusts-saml-without-audience'],
  ['role/ci/github-legacy-build', 'role-trusts-web-identities-too-broadly'],
  ['role/ci/github-deploy-services', 'role-trusts-web-identities-too-broadly'],
  ['role/ci/account-factory', 'principal-is-administrator-by-many-policies'],
  ['role/ci/codebuild-images', 'principal-has-unused-actions'],
  ['role/incident-response', 'principal-can-pass-any-role'],
  ['role/batch-worker', 'principal-has-unused-services'],
  ['role/batch-worker', 'principal-manages-permissions-everywhere'],
  ['role/functions/storefront-hotfix', 'inline-policy-grants-everything'],
  ['instance-profile/web-server-2019', 'instance-profile-without-role'],
  ['server-certificate/old-shop.meridian-outfitters.example', 'server-certificate-expired'],
  ['server-certificate/api.meridian-outfitters.example', 'server-certificate-expires-soon'],
  ['saml-provider/warehouse-adfs', 'identity-provider-metadata-expired'],
  ['saml-provider/warehouse-adfs', 'identity-provider-unused'],
  ['meridian-press-kit', 'resource-allows-anybody'],
  ['meridian-lake', 'resource-allows-foreign-account'],
  ['order-events-stock', 'resource-allows-service-without-source'],
])('finds of %s: %s', (resource, checkId) => {
  expect(findingsOf(resource)).toContain(checkId);
});

it.each([
  ...['ada.lindqvist', 'ben.harrow', 'elif.kaya', 'hugo.petit', 'jonas.weber', 'keiko.tanaka', 'liam.byrne'],
  ...['maria.santos', 'nadia.haddad', 'quentin.dubois', 'priya.raman'],
  ...['emergency/break-glass-1', 'emergency/break-glass-2', 'service/warehouse-scanner', 'service/mailer-old'],
])('finds nothing wrong with user %s', (user) => {
  expect(findingsOf(`user/${user}`)).toEqual([]);
});

it('finds no escalation where the boundary closes it', () => {
  expect(findingsOf('user/sam.okafor')).not.toContain('principal-can-become-administrator');
});

it.each([
  ...['break-glass-admin', 'aws-support', 'ci/github-deploy-web', 'ci/github-terraform-apply', 'org-security-audit'],
  ...['vendor/vendor-lumen-monitoring', 'vendor/vendor-costwise', 'vendor/vendor-siem', 'functions/shop-gift-cards'],
  ...['functions/shop-order-mail', 'functions/shop-image-resize'],
  'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
  'aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_ReadOnlyAccess_5c7d92ae1b30f864',
])('finds nothing wrong with role %s', (role) => {
  expect(findingsOf(`role/${role}`)).toEqual([]);
});

it.each([
  ...['meridian-web', 'meridian-press-kit-2019', 'meridian-audit-trail', 'meridian-balancer-logs', 'order-events'],
  ...['order-events-mail', 'key/3f0c1a52-6d0b-4b0e-9a76-6a2f4c1d9e11', 'function:shop-image-resize'],
  ...['group/photo-studio', 'saml-provider/meridian-adfs', 'policy/payroll-by-clearance'],
])('finds nothing wrong with %s', (resource) => {
  expect(findingsOf(resource)).toEqual([]);
});

it('has findings of each family, and nothing that could not be judged', () => {
  const failed = analysis.findings.filter(({ outcome }) => outcome === 'fail');
  expect(new Set(failed.map(({ category }) => category))).toEqual(new Set(CATEGORIES));
  expect(analysis.findings.filter(({ outcome }) => outcome === 'unknown')).toEqual([]);
  expect(analysis.account.complete).toBe(true);
});
