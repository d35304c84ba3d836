import { expect, it } from 'vitest';
import { parseSavedAccounts } from './saved-accounts.ts';
import { at } from './testing/collected-builder.ts';
import { policyDetail, reportCsv, reportRow, roleDetail, userDetail } from './testing/documents-builder.ts';

const now = at('2026-01-01T00:00:00Z');
const file = (name: string, content: unknown) => ({
  file: name,
  text: typeof content === 'string' ? content : JSON.stringify(content),
});
const lists = { UserDetailList: [userDetail('alice')], GroupDetailList: [], RoleDetailList: [], Policies: [] };
const stranger = userDetail('bob', { Arn: 'arn:aws-cn:iam::999988887777:user/bob' });

const message = (...args: Parameters<typeof parseSavedAccounts>) => {
  const parsed = parseSavedAccounts(...args);
  return parsed.ok ? 'no problem' : parsed.error.map((problem) => problem.message).join('\n');
};

it('tells the account and its partition by the ARNs', () => {
  const parsed = parseSavedAccounts([file('a.json', { ...lists, UserDetailList: [stranger] })], [], now);
  expect(parsed).toMatchObject({
    ok: true,
    value: [{ account: { accountId: '999988887777', partition: 'aws-cn', alias: null, collectedAt: now } }],
  });
});

it('says of each source whether its file was given', () => {
  const parsed = parseSavedAccounts([file('a.json', lists)], [], now);
  const account = parsed.ok ? parsed.value[0]?.account : undefined;
  expect(account?.sources).toEqual([{ name: 'authorization-details', time: now }]);
  expect(account?.gaps.map(({ source, reason, action }) => `${source} ${reason} ${action}`)).toEqual([
    'account-alias skipped account.json',
    'credential-report skipped credential-report.csv',
    'account-summary skipped account-summary.json',
    'password-policy skipped password-policy.json',
    'mfa-devices skipped mfa-devices.json',
    'access-keys skipped access-keys.json',
    'service-specific-credentials skipped service-specific-credentials.json',
    'ssh-public-keys skipped ssh-public-keys.json',
    'signing-certificates skipped signing-certificates.json',
    'server-certificates skipped server-certificates.json',
    'identity-providers skipped identity-providers.json',
    'instance-profiles skipped instance-profiles.json',
  ]);
});

it('takes a file into which accounts were merged apart again', () => {
  const adminArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const admin = policyDetail('AdministratorAccess', { Arn: adminArn });
  const attached = { AttachedManagedPolicies: [{ PolicyName: 'AdministratorAccess', PolicyArn: adminArn }] };
  const merged = {
    UserDetailList: [userDetail('alice'), { ...stranger, ...attached }],
    RoleDetailList: [roleDetail('deploy')],
    Policies: [admin],
  };
  const parsed = parseSavedAccounts([file('a.json', merged)], [], now);
  const accounts = parsed.ok ? parsed.value : [];
  expect(accounts.map(({ account, authorizationDetails }) => [account.accountId, authorizationDetails])).toEqual([
    ['123456789012', { UserDetailList: [userDetail('alice')], RoleDetailList: [roleDetail('deploy')], Policies: [] }],
    ['999988887777', { UserDetailList: [{ ...stranger, ...attached }], RoleDetailList: [], Policies: [admin] }],
  ]);
});

it('gives the credential report to the account that it is of', () => {
  const both = [file('a.json', { ...lists, UserDetailList: [stranger] }), file('b.json', lists)];
  const csv = reportCsv(reportRow('alice'));
  const parsed = parseSavedAccounts(both, [file('r.csv', csv)], now);
  expect(parsed.ok && parsed.value.map(({ credentialReport }) => credentialReport)).toEqual([undefined, csv]);
});

it('reads the whole answer of get-credential-report too, which tells when it was made', () => {
  const csv = reportCsv();
  const answer = { Content: btoa(csv), ReportFormat: 'text/csv', GeneratedTime: '2025-12-31T20:00:00+00:00' };
  const parsed = parseSavedAccounts([file('a.json', lists)], [file('r.json', answer)], now);
  expect(parsed).toMatchObject({
    value: [
      {
        credentialReport: csv,
        account: {
          sources: [{ name: 'authorization-details' }, { name: 'credential-report', time: '2025-12-31T20:00:00Z' }],
        },
      },
    ],
  });
});

it('notes that what follows the last saved page is not judged', () => {
  const parsed = parseSavedAccounts([file('a.json', { ...lists, IsTruncated: true })], [], now);
  expect(parsed.ok && parsed.value[0]?.account.gaps.at(-1)).toMatchObject({
    source: 'authorization-details',
    reason: 'failed',
    subject: null,
  });
});

it('refuses what does not fit together, in one line', () => {
  expect(message([file('a.json', lists), file('b.json', lists)], [], now)).toBe(
    'b.json: is of account 123456789012, as is a.json; give one file an account: a list of pages can be one file',
  );
  const foreign = reportCsv().replaceAll('123456789012', '999988887777');
  expect(message([file('a.json', lists)], [file('r.csv', foreign)], now)).toBe(
    'r.csv: is of account 999988887777, but the authorization details are of 123456789012; give files of one account',
  );
  expect(message([file('a.json', { UserDetailList: [] })], [], now)).toMatch(
    /^a\.json: holds no user, group, role or customer managed policy/,
  );
  expect(message([file('a.json', lists)], [file('r.json', '{"State": "STARTED"}')], now)).toBe(
    'r.json: is JSON, but not the answer of `aws iam get-credential-report`',
  );
});
