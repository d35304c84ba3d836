import { describe, expect, it } from 'vitest';
import type { AccountChange, PermissionsOfService } from '../finding/account-change.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { changeInWords } from './change-words.ts';
import { changesTable } from './changes-csv.ts';
import { changesView } from './changes-view.ts';
import { csvOf } from './testing/csv-of.ts';
import { exampleReport } from './testing/example-report.ts';

const ACCOUNT = '123456789012';
type Parts = Partial<Omit<AccountChange, 'subject'>> & { readonly subject?: Partial<AccountChange['subject']> };

const change = ({ subject, ...parts }: Parts = {}): AccountChange => ({
  accountId: ACCOUNT,
  kind: 'created',
  before: null,
  after: {},
  by: [],
  ...parts,
  subject: { arn: `arn:aws:iam::${ACCOUNT}:user/team/alice`, type: 'User', id: 'AIDAALICE', part: null, ...subject },
});
const row = (parts: Partial<PermissionsOfService>): PermissionsOfService => ({
  service: 'sqs',
  accessLevel: 'Write',
  actions: ['sqs:SendMessage'],
  change: 'action',
  conditional: false,
  ...parts,
});
const reportOf = (changes: readonly AccountChange[] | undefined, parts: Partial<AuditReport> = {}): AuditReport => ({
  ...exampleReport,
  ...(changes && { changes, comparisons: [{ accountId: ACCOUNT, runId: '20260301T023000Z', notCompared: [] }] }),
  ...parts,
});
const lostBy = (name: string): AccountChange =>
  change({
    kind: 'permissions',
    after: null,
    permissions: { gained: [], lost: [row({})] },
    subject: { arn: `arn:aws:iam::${ACCOUNT}:role/${name}`, type: 'Role', id: name },
  });

describe('a change in words', () => {
  it.each<[Parts, string]>([
    [{}, 'User `alice` was created.'],
    [{ kind: 'deleted', before: {}, after: null }, 'User `alice` was deleted.'],
    [
      { kind: 'renamed', before: `arn:aws:iam::${ACCOUNT}:user/bob`, after: 'x' },
      'User `alice` has a new name, before it was `bob`.',
    ],
    [
      { kind: 'policies', subject: { part: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
      'Policy `ReadOnlyAccess` was given to user `alice`.',
    ],
    [{ kind: 'policies', before: {}, subject: { part: 'own' } }, 'Policy `own` changed for user `alice`.'],
    [
      { kind: 'group-membership', before: 'member', after: null, subject: { part: 'g' } },
      'User `alice` left group `g`.',
    ],
    [
      { kind: 'access-key', before: { status: 'Active' }, after: { status: 'Inactive' }, subject: { part: 'AKIA1' } },
      'Access key `AKIA1` of user `alice` is now Inactive.',
    ],
    [
      {
        kind: 'access-key',
        before: { accessKeys: 0 },
        after: { accessKeys: 1 },
        subject: { arn: `arn:aws:iam::${ACCOUNT}:root`, type: 'RootUser' },
      },
      'The number of access keys of the root user changed from 0 to 1.',
    ],
    [{ kind: 'mfa', before: { active: true }, after: { active: false } }, 'MFA of user `alice` was switched off.'],
    [
      {
        kind: 'organization-policy',
        subject: { arn: 'ou-1', type: 'OrganizationPolicy', id: 'ou-1 scps', part: 'Guard' },
      },
      'SCP `Guard` of level `ou-1` was attached.',
    ],
    [
      {
        kind: 'policy-version',
        before: { defaultVersionId: 'v1' },
        after: { defaultVersionId: 'v2' },
        subject: { arn: `arn:aws:iam::${ACCOUNT}:policy/p`, type: 'ManagedPolicy' },
      },
      'The default version of policy `p` is v2, before it was v1.',
    ],
    [
      {
        kind: 'permissions',
        permissions: {
          gained: [row({ actions: ['iam:PassRole', 's3:*'] }), row({ change: 'conditions' })],
          lost: [row({ actions: ['sqs:DeleteQueue'], conditional: true })],
        },
      },
      'User `alice` gained `iam:PassRole` and `s3:*`; got fewer conditions for `sqs:SendMessage`; lost `sqs:DeleteQueue` on conditions.',
    ],
    [{ kind: 'tags', subject: { part: 'a`b' } }, "Tag `a'b` of user `alice` was set."],
  ])('%#: is told', (parts, sentence) => {
    expect(changeInWords(change(parts))).toBe(sentence);
  });
});

describe('what changed, on the page', () => {
  it('is absent where there is no earlier audit, and nothing where nothing changed', () => {
    expect(changesView(reportOf(undefined))).toBeNull();
    expect(changesView(reportOf([]))).toMatchObject({
      count: 'nothing',
      since: 'Since the audit of 1 Mar 2026, 02:30 UTC',
      groups: [],
    });
  });

  it('stands once where many have it in common', () => {
    const [group] = changesView(reportOf(['a', 'b', 'c'].map(lostBy)))?.groups ?? [];
    expect(group?.rows.map(({ sentence }) => sentence.map(({ text }) => text).join(''))).toEqual([
      'Role a and 2 more lost sqs:SendMessage.',
    ]);
    expect(group?.rows[0]?.details).toEqual([
      { label: 'Who', text: 'role a, role b, role c' },
      { label: 'Lost, Write', text: 'sqs:SendMessage' },
    ]);
  });

  it('is cut off where nobody would read on, and says so', () => {
    const many = Array.from({ length: 100 }, (_, at) => change({ subject: { id: `AIDA${at}` }, after: { at } }));
    const [group] = changesView(reportOf(many))?.groups ?? [];
    expect([group?.count, group?.rows.length, group?.others]).toEqual(['100 changes', 40, '60 more']);
  });

  it('shows names and documents of strangers as text that hides nothing', () => {
    const hostile = change({ kind: 'tags', after: 'x\u202ey', subject: { part: '<b>\u202e`' } });
    const view = JSON.stringify(changesView(reportOf([hostile])));
    expect(view).not.toContain('\u202e');
    expect(view).toContain('⟨U+202E⟩');
  });
});

describe('changes.csv', () => {
  it('tells each change, by whom, and what was gained and lost', () => {
    const by = [{ arn: 'arn:bob', at: at('2026-03-01T10:00:00Z'), request: 'iam:PutRolePolicy', sourceIp: null }];
    const [header = '', line = ''] = csvOf(changesTable, reportOf([{ ...lostBy('=a'), by }])).split(/\r?\n/);
    const cells = new Map(header.split(',').map((name, at) => [name, line.split(',')[at]]));
    expect([...cells].filter(([, text]) => text !== '')).toEqual([
      ['kind', 'permissions'],
      ['summary', 'Role `=a` lost `sqs:SendMessage`.'],
      ['subject_name', "'=a"],
      ['subject_type', 'Role'],
      ['account_id', ACCOUNT],
      ['since_run', '20260301T023000Z'],
      ['by', 'arn:bob'],
      ['by_at', '2026-03-01T10:00:00Z'],
      ['by_request', 'iam:PutRolePolicy'],
      ['lost_actions', 'sqs:SendMessage'],
      ['subject_arn', `arn:aws:iam::${ACCOUNT}:role/=a`],
      ['subject_id', "'=a"],
      ['run_id', '20260302T023000Z'],
    ]);
  });
});
