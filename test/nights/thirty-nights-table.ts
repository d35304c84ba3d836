import { CreateArchiveRuleCommand } from '@aws-sdk/client-accessanalyzer';
import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DetachUserPolicyCommand,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagUserCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AttachPolicyCommand, DetachPolicyCommand } from '@aws-sdk/client-organizations';
import type { Actors } from './actors.ts';
import { ACCOUNTS, type Fault } from './organization-under-faults.ts';

/** A route of the table. */
export type RouteName = 'all' | 'pager' | 'team';

/** How the process that audits ends before its time. */
export type Crash = 'before-publishing' | 'after-publishing' | 'stopped-before-writing';

/** One night of the table: what was done on the day before it, what goes wrong in it, and what it must come to. */
export interface Night {
  /** In March 2026; at 02:30 UTC. */
  readonly day: number;
  /** What somebody does at 15:00 on the day before. */
  readonly deeds?: (by: Actors) => Promise<unknown>;
  /** No audit is made. */
  readonly isSkipped?: true;
  readonly faults?: readonly Fault[];
  /** Routes whose server answers 503. */
  readonly unreachable?: readonly RouteName[];
  /** The process ends there; what comes after it is started anew, half an hour later. */
  readonly crash?: Crash;
  /** What the new process does: makes the audit again, or delivers what waits alone. */
  readonly afterCrash?: 'audits-again' | 'delivers';
  /** Whether the entry of the suppression file for alice's password stands. */
  readonly isSuppressed?: true;
  /** The findings whose state is another than time alone makes of it; `gone`: it is not in the report. */
  readonly states?: Readonly<Record<string, FindingState | 'gone'>>;
  /** Accounts that are not in the report. */
  readonly missing?: readonly (keyof typeof ACCOUNTS)[];
  /** What arrives, by route, in the order of the texts. */
  readonly told?: Partial<Readonly<Record<RouteName, readonly string[]>>>;
  /** What is not as it was, with who did it, in the order of the texts. */
  readonly changes?: readonly string[];
}

type FindingState = 'new' | 'open' | 'worsened' | 'reopened' | 'resolved' | 'suppressed' | 'not-evaluated';

const OPS = `arn:aws:iam::${ACCOUNTS.production}:policy/ops`;
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const LOCKDOWN = { PolicyId: 'p-lockdown1', TargetId: 'ou-ab12-11111111' };
const TRUSTS_ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
});
const allow = (Action: string, Resource: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } });

// Findings as the table calls them: check, account, subject.
const ADMINS = (account: string) => `managed-policy-grants-everything ${account} AdministratorAccess`;
const PARTNER = 'role-trusts-any-principal production partner';
const DEPLOY = 'role-trusts-any-principal production deploy';
const ALICE = 'user-console-access-without-mfa production alice';
const OLD = 'user-policy-attached-directly sandbox old';
const OLD_ANEW = 'user-policy-attached-directly sandbox old#2';
const OLD_KEYS = 'user-has-two-active-access-keys sandbox old';
const PASSWORDS = 'account-password-policy-weak sandbox root';
// Who may assume roles of member accounts, of which nobody sees what they are.
const HUB = 'principal-can-become-administrator management vigil';
const EVE = 'principal-can-become-administrator sandbox eve';
const MID = 'principal-can-become-administrator sandbox mid';
const CARL = 'principal-can-become-administrator production carl';
const OPS_ALL = 'managed-policy-grants-everything production ops';
const ARCHIVES = 'analyzer-archives-too-much production root';

/** What is not known of anybody in an account stands under its root user. */
const UNREAD = 'user-console-access-without-mfa production root';

/** Written from the deeds, not from what Vigil said. */
export const NIGHTS: readonly Night[] = [
  {
    day: 1,
    states: {
      [ADMINS('management')]: 'new',
      [HUB]: 'new',
      [ADMINS('production')]: 'new',
      [ADMINS('sandbox')]: 'new',
      [PARTNER]: 'new',
      [OLD]: 'new',
      [PASSWORDS]: 'new',
      [EVE]: 'new',
      [MID]: 'new',
    },
    told: {
      // The first audits of all accounts are one message; each night after it tells what is new alone.
      all: [
        'notice baseline',
        'notice baseline',
        'notice baseline',
        `open ${PASSWORDS}`,
        `open ${ADMINS('management')}`,
        `open ${ADMINS('production')}`,
        `open ${ADMINS('sandbox')}`,
        `open ${HUB}`,
        `open ${EVE}`,
        `open ${MID}`,
        `open ${PARTNER}`,
        `open ${OLD}`,
      ],
      team: ['notice baseline', `open ${OLD}`],
    },
  },
  { day: 2, changes: [] },
  {
    day: 3,
    deeds: ({ dora }) =>
      dora.iam.send(new DeactivateMFADeviceCommand({ UserName: 'alice', SerialNumber: 'GAHT12345678' })),
    unreachable: ['team'],
    states: { [ALICE]: 'new' },
    told: { all: [`new ${ALICE} by dora iam:DeactivateMFADevice`] },
    // The device, and that she has none any more.
    changes: [
      'mfa production alice by dora iam:DeactivateMFADevice',
      'mfa production alice by dora iam:DeactivateMFADevice',
    ],
  },
  // What `team` did not take arrives a night later.
  { day: 4, told: { team: [`new ${ALICE} by dora iam:DeactivateMFADevice`] }, changes: [] },
  {
    day: 5,
    deeds: ({ dora }) => dora.iam.send(new DeleteLoginProfileCommand({ UserName: 'alice' })),
    states: { [ALICE]: 'resolved' },
    // By whom it came to be, not who mended it. `team` does not want to hear what is resolved.
    told: { all: [`resolved ${ALICE} by dora iam:DeactivateMFADevice`] },
    changes: ['password production alice by dora iam:DeleteLoginProfile'],
  },
  {
    day: 6,
    deeds: ({ dora }) =>
      dora.iam.send(new CreateLoginProfileCommand({ UserName: 'alice', Password: 'Correct-horse-battery-7' })),
    faults: [{ account: 'production', operation: /^(ListAccess|ListSSH|GetAccount)/, how: 'throttled' }],
    states: { [ALICE]: 'reopened' },
    told: {
      all: [`reopened ${ALICE} by dora iam:CreateLoginProfile`],
      team: [`reopened ${ALICE} by dora iam:CreateLoginProfile`],
    },
    changes: ['password production alice by dora iam:CreateLoginProfile'],
  },
  {
    day: 7,
    faults: [{ account: 'production', operation: /CredentialReport$/, how: 'denied' }],
    states: { [ALICE]: 'not-evaluated', [UNREAD]: 'not-evaluated' },
    told: { all: ['gap credential-report'] },
    changes: [],
  },
  {
    day: 8,
    faults: [{ account: 'production', operation: /CredentialReport$/, how: 'denied' }],
    // A week without a word to it.
    told: { pager: ['notice heartbeat'] },
    changes: [],
  },
  {
    day: 9,
    states: { [ALICE]: 'open', [UNREAD]: 'gone' },
    told: { all: ['notice gap-ended'] },
    changes: [],
  },
  {
    day: 10,
    deeds: ({ dora }) =>
      dora.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'deploy', PolicyDocument: TRUSTS_ALL })),
    isSkipped: true,
  },
  {
    day: 11,
    crash: 'before-publishing',
    afterCrash: 'delivers',
    states: { [DEPLOY]: 'new' },
    told: {
      all: [`new ${DEPLOY} by dora iam:UpdateAssumeRolePolicy`],
      pager: [`new ${DEPLOY} by dora iam:UpdateAssumeRolePolicy`],
    },
    changes: ['trust-policy production deploy by dora iam:UpdateAssumeRolePolicy'],
  },
  {
    day: 12,
    deeds: ({ sam }) => sam.iam.send(new CreateAccessKeyCommand({ UserName: 'old' })),
    faults: [{ account: 'sandbox', operation: /^AssumeRole$/, how: 'denied' }],
    missing: ['sandbox'],
    told: { all: ['notice account-missing'] },
    changes: [],
  },
  {
    day: 13,
    faults: [{ account: 'sandbox', operation: null, how: 'denied' }],
    missing: ['sandbox'],
    changes: [],
  },
  {
    day: 14,
    states: { [OLD_KEYS]: 'new' },
    told: {
      all: ['notice account-back', `new ${OLD_KEYS} by sam iam:CreateAccessKey`],
      team: [`new ${OLD_KEYS} by sam iam:CreateAccessKey`],
    },
    changes: ['access-key sandbox old by sam iam:CreateAccessKey'],
  },
  {
    day: 15,
    isSuppressed: true,
    states: { [ALICE]: 'suppressed' },
    // It expires on the 25th, in less than 14 days.
    told: { all: ['notice suppression'], team: ['notice suppression'] },
    changes: [],
  },
  {
    day: 16,
    isSuppressed: true,
    deeds: ({ dora }) => dora.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: OPS, VersionId: 'v2' })),
    crash: 'stopped-before-writing',
    afterCrash: 'audits-again',
    states: { [OPS_ALL]: 'new' },
    told: {
      all: ['notice administrator bob by dora', `new ${OPS_ALL} by dora iam:SetDefaultPolicyVersion`],
      pager: ['notice administrator bob by dora'],
    },
    changes: [
      'permissions production bob by dora iam:SetDefaultPolicyVersion',
      'policy-version production ops by dora iam:SetDefaultPolicyVersion',
    ],
  },
  {
    day: 17,
    isSuppressed: true,
    deeds: ({ dora }) => dora.iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'carl' })),
    crash: 'after-publishing',
    afterCrash: 'audits-again',
    states: { [CARL]: 'new' },
    told: {
      all: [`new ${CARL} by dora iam:DeleteUserPermissionsBoundary`],
      pager: [`new ${CARL} by dora iam:DeleteUserPermissionsBoundary`],
    },
    changes: [
      'permissions production carl by dora iam:DeleteUserPermissionsBoundary',
      'permissions-boundary production carl by dora iam:DeleteUserPermissionsBoundary',
    ],
  },
  {
    day: 18,
    isSuppressed: true,
    deeds: async ({ sam }) => {
      const { AccessKeyMetadata = [] } = await sam.iam.send(new ListAccessKeysCommand({ UserName: 'old' }));
      const AccessKeyId = AccessKeyMetadata.at(-1)?.AccessKeyId;
      await sam.iam.send(new UpdateAccessKeyCommand({ UserName: 'old', AccessKeyId, Status: 'Inactive' }));
    },
    states: { [OLD_KEYS]: 'resolved' },
    told: {
      all: ['notice suppression', `resolved ${OLD_KEYS} by sam iam:CreateAccessKey`],
      team: ['notice suppression'],
    },
    changes: ['access-key sandbox old by sam iam:UpdateAccessKey'],
  },
  {
    day: 19,
    isSuppressed: true,
    deeds: async ({ sam: { iam } }) => {
      const UserName = 'old';
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
      for (const { AccessKeyId } of AccessKeyMetadata) {
        await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
      }
      await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: READ_ONLY }));
      await iam.send(new DeleteUserCommand({ UserName }));
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: READ_ONLY }));
    },
    states: { [OLD]: 'resolved', [OLD_ANEW]: 'new' },
    // The new user has no tag that says whose it is, so `team` hears nothing.
    told: { all: [`new ${OLD_ANEW} by sam iam:AttachUserPolicy`, `resolved ${OLD}`] },
    changes: ['created sandbox old#2 by sam iam:CreateUser', 'deleted sandbox old by sam iam:DeleteUser'],
  },
  {
    day: 20,
    isSuppressed: true,
    deeds: ({ opal }) => opal.organizations.send(new AttachPolicyCommand(LOCKDOWN)),
    states: { [CARL]: 'resolved' },
    told: {
      all: [`resolved ${CARL} by dora iam:DeleteUserPermissionsBoundary`],
      pager: [`resolved ${CARL} by dora iam:DeleteUserPermissionsBoundary`],
    },
    // Whoever changes an SCP does so in another account, which the one below it cannot ask.
    changes: [
      'organization-policy production ou-ab12-11111111',
      'permissions production bob',
      'permissions production carl',
      'permissions production dora',
      'permissions production root',
      'permissions production vigil-audit',
    ],
  },
  {
    day: 21,
    isSuppressed: true,
    deeds: ({ opal }) => opal.organizations.send(new DetachPolicyCommand(LOCKDOWN)),
    states: { [CARL]: 'reopened' },
    // Those whom the SCP stopped are administrators again.
    told: {
      all: ['notice administrator bob', 'notice administrator dora', `reopened ${CARL}`],
      pager: ['notice administrator bob', 'notice administrator dora', `reopened ${CARL}`],
    },
    changes: [
      'organization-policy production ou-ab12-11111111',
      'permissions production bob',
      'permissions production carl',
      'permissions production dora',
      'permissions production root',
      'permissions production vigil-audit',
    ],
  },
  {
    day: 22,
    isSuppressed: true,
    deeds: ({ dora }) =>
      dora.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'partner', PolicyDocument: TRUSTS_ALL })),
    states: { [PARTNER]: 'worsened' },
    told: {
      all: [`worsened ${PARTNER} by dora iam:UpdateAssumeRolePolicy`],
      pager: [`worsened ${PARTNER} by dora iam:UpdateAssumeRolePolicy`],
    },
    changes: ['trust-policy production partner by dora iam:UpdateAssumeRolePolicy'],
  },
  {
    day: 23,
    isSuppressed: true,
    deeds: ({ dora }) => dora.iam.send(new AttachGroupPolicyCommand({ GroupName: 'qa', PolicyArn: OPS })),
    states: { [OPS_ALL]: 'worsened' },
    told: { all: [`worsened ${OPS_ALL} by dora iam:AttachGroupPolicy`] },
    changes: ['policies production qa by dora iam:AttachGroupPolicy'],
  },
  {
    day: 24,
    isSuppressed: true,
    deeds: ({ sam }) =>
      sam.iam.send(
        new PutUserPolicyCommand({
          UserName: 'eve',
          PolicyName: 'more',
          PolicyDocument: allow('iam:PutUserPolicy', `arn:aws:iam::${ACCOUNTS.sandbox}:user/eve`),
        }),
      ),
    states: { [EVE]: 'worsened' },
    told: {
      all: ['notice suppression', `worsened ${EVE} by sam iam:PutUserPolicy`],
      team: ['notice suppression'],
    },
    changes: ['permissions sandbox eve by sam iam:PutUserPolicy', 'policies sandbox eve by sam iam:PutUserPolicy'],
  },
  {
    day: 25,
    isSuppressed: true,
    states: { [ALICE]: 'reopened' },
    told: {
      all: ['notice suppression', `reopened ${ALICE} by dora iam:CreateLoginProfile`],
      team: ['notice suppression', `reopened ${ALICE} by dora iam:CreateLoginProfile`],
    },
    changes: [],
  },
  {
    day: 26,
    isSuppressed: true,
    deeds: ({ dora }) =>
      dora.iam.send(new TagUserCommand({ UserName: 'alice', Tags: [{ Key: 'owner', Value: 'team-b' }] })),
    changes: ['tags production alice by dora iam:TagUser'],
  },
  {
    day: 27,
    deeds: ({ dora }) =>
      dora.analyzer.send(
        new CreateArchiveRuleCommand({
          analyzerName: 'outside',
          ruleName: 'roles',
          filter: { resourceType: { eq: ['AWS::IAM::Role'] } },
        }),
      ),
    states: { [ARCHIVES]: 'new' },
    told: { all: [`new ${ARCHIVES} by dora access-analyzer:CreateArchiveRule`] },
    changes: ['archive-rule production outside by dora access-analyzer:CreateArchiveRule'],
  },
  {
    day: 28,
    deeds: ({ sam }) =>
      sam.iam.send(
        new UpdateAccountPasswordPolicyCommand({
          MinimumPasswordLength: 14,
          RequireSymbols: true,
          RequireNumbers: true,
          RequireUppercaseCharacters: true,
          RequireLowercaseCharacters: true,
          MaxPasswordAge: 90,
          PasswordReusePrevention: 24,
        }),
      ),
    unreachable: ['all'],
    states: { [PASSWORDS]: 'resolved' },
    changes: ['password-policy sandbox root by sam iam:UpdateAccountPasswordPolicy'],
  },
  {
    day: 29,
    unreachable: ['all'],
    // A week after the last word; and `all` has taken nothing for a day.
    told: { pager: ['notice heartbeat', 'notice route-dead'] },
    changes: [],
  },
  { day: 30, told: { all: [`resolved ${PASSWORDS}`] }, changes: [] },
];
