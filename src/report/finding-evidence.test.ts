import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/audit-report.ts';
import type { People } from '../finding/people.ts';
import type { JsonObject } from '../kernel/json.ts';
import { findingEvidence } from './finding-evidence.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';

const methods = new Map([['iam-008', 'Attach a managed policy to its own user']]);

/** The facts of a finding by their labels; of a list its first items. */
const told = (evidence: JsonObject, differing: Partial<Finding> = {}): (string | null | undefined)[][] =>
  findingEvidence(findingOf({ ...differing, evidence }), methods).map(({ label, value }) => [
    label,
    value.plain ?? value.code ?? value.list?.first.map((item) => item.plain ?? item.code).join(', '),
  ]);

const escalation = exampleReport.findings.find((finding) => finding.escalation !== undefined)?.escalation;
const external = exampleReport.findings.find((finding) => finding.external !== undefined)?.external;
if (escalation === undefined || external === undefined) throw new Error('the example has a path and an access');

describe('the evidence of a finding', () => {
  it('leaves out what the path tells, and lists that say nothing by being empty', () => {
    const evidence = {
      principalType: 'User',
      methods: ['iam-007'],
      requests: ['iam:PutUserPolicy'],
      conditional: false,
      alternatives: [],
      trustedPrincipals: [],
    };
    expect(told(evidence, { escalation })).toEqual([]);
  });

  it('names the other methods, and who can take a role on', () => {
    expect(told({ alternatives: ['iam-008', 'iam-999'], trustedPrincipals: ['lambda.amazonaws.com'] })).toEqual([
      ['Also possible', 'Attach a managed policy to its own user (iam-008), iam-999'],
      ['Who may take it on', 'lambda.amazonaws.com'],
    ]);
  });

  it('leaves out what "who gets in" tells', () => {
    expect(told({ accountId: '1', confinedTo: 'everybody', wholeAccount: true }, { external })).toEqual([
      ['Whole account', 'yes'],
    ]);
    expect(told({ accountId: '1' })).toEqual([['Account ID', '1']]);
  });

  it('keeps a no that proves something, and an empty list of things that ought to be there', () => {
    expect(told({ mfaActive: false, mfaDevices: [] })).toEqual([
      ['MFA active', 'no'],
      ['MFA devices', 'none'],
    ]);
  });

  it('has words for facts that hold words, and for a time that AWS knows nothing of', () => {
    expect(
      told({
        weaknesses: ['minimumPasswordLength', 'passwordReusePrevention'],
        sameOrganization: 'unknown',
        lastUsed: null,
      }),
    ).toEqual([
      ['Too weak', 'minimum password length and password reuse prevention'],
      ['Same organization', 'unknown'],
      ['Last used', 'no use on record'],
    ]);
  });

  it.each([
    [
      { source: 'mfa-devices', action: 'iam:ListMFADevices', reason: 'denied', detail: 'no', subject: null },
      [
        ['Missing', 'MFA devices'],
        ['To have it judged', 'allow iam:ListMFADevices to the principal that audits, and audit again'],
      ],
    ],
    [
      { source: 'credential-report', action: 'credential-report.csv', reason: 'skipped', detail: 'no', subject: null },
      [
        ['Missing', 'Credential report'],
        ['To have it judged', 'give credential-report.csv to the audit'],
      ],
    ],
    [
      { source: 'access-keys', action: 'iam:ListAccessKeys', reason: 'failed', detail: 'broke', subject: 'arn:aws:x' },
      [
        ['Missing', 'Access keys'],
        ['Of', 'arn:aws:x'],
        ['To have it judged', 'audit again when the cause is mended'],
      ],
    ],
    [{ source: 1, action: null }, []],
  ] as const)('says of a gap what is missing and what would mend it: %j', (gap, expected) => {
    expect(told({ subjects: 1, gap }, { outcome: 'unknown' })).toEqual(expected);
  });

  it('counts the subjects of a gap where they are several', () => {
    expect(told({ subjects: 41 })).toEqual([['Subjects concerned', '41']]);
  });

  it('shows as it is what only looks like a fact of ours', () => {
    expect(told({ gap: 'wide', weaknesses: [1], alternatives: 'none', constructor: 'x' })).toEqual([
      ['Gap', 'wide'],
      ['Too weak', '1'],
      ['Alternatives', 'none'],
      ['Constructor', 'x'],
    ]);
  });
});

describe('who is behind a role of IAM Identity Center', () => {
  const people: People = {
    permissionSet: 'Admin',
    unknown: null,
    users: ['Ann <b>Example</b> (ann)'],
    moreUsers: 40,
    groups: [{ name: 'Operators', members: ['bob'], moreMembers: 3 }],
    moreGroups: 0,
  };
  const rowsOf = (differing: Partial<People>) =>
    findingEvidence(findingOf({ evidence: {}, people: { ...people, ...differing } }), methods);

  it('stands first, a group with its members, and says how many more there are', () => {
    const [set, behind, ...others] = rowsOf({});
    expect(others).toEqual([]);
    expect(set).toMatchObject({ label: 'Permission set', value: { code: 'Admin' } });
    expect(behind?.label).toBe('People behind the role');
    expect(behind?.value.list?.first.map(({ plain, rows }) => plain ?? rows?.map(({ value }) => value))).toMatchObject([
      'Ann <b>Example</b> (ann)',
      'and 40 more users',
      [{ code: 'Operators' }, { list: { first: [{ code: 'bob' }, { plain: 'and 3 more' }] } }],
    ]);
  });

  it('is said to be unknown, with the reason', () => {
    const nobody = { users: [], moreUsers: 0, groups: [] };
    expect(
      rowsOf({ ...nobody, unknown: 'ListInstances was denied' }).map(({ label, value }) => [label, value.plain]),
    ).toEqual([
      ['Permission set', null],
      ['Who is behind the role', 'not known: ListInstances was denied'],
    ]);
    expect(rowsOf({ unknown: 'ListUsers was denied' })).toHaveLength(3);
  });

  it('says that nobody is where nobody is', () => {
    const [, behind] = rowsOf({ users: [], moreUsers: 0, groups: [] });
    expect(behind?.value.plain).toBe('none');
  });
});
