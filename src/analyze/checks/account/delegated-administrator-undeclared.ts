import { defineCheck } from '../../define-check.ts';
import { judgeOrganization } from '../../facts/organization-tree.ts';

/**
 * Services whose delegated administrator can make itself administrator of member accounts: by assigning permission sets, by
 * sessions as their root users, by stacks that make roles there.
 * Sources: "Delegated administration", IAM Identity Center User Guide; "Centralize root access for member accounts", IAM User
 * Guide; "Register a delegated administrator", AWS CloudFormation User Guide.
 */
const RULING: ReadonlyMap<string, string> = new Map([
  ['sso.amazonaws.com', 'assigns permission sets'],
  ['iam.amazonaws.com', 'gets sessions of root users'],
  ['member.org.stacksets.cloudformation.amazonaws.com', 'rolls out stacks'],
]);

/** An account that rules the others of its organization, though nobody declared it. */
export const delegatedAdministratorUndeclared = defineCheck({
  id: 'delegated-administrator-undeclared',
  title: 'Account can become administrator of all member accounts as a delegated administrator, and is not declared',
  category: 'account',
  severity: 'low',
  resourceType: 'Account',
  reads: ['organization'],
  doc: {
    what: 'Which accounts are delegated administrators of services by which one can become administrator of every member account (IAM Identity Center, central root access, StackSets), and are not among the accounts that the configuration declares. AWS tells who is to the management account and to delegated administrators alone.',
    risk: 'Whoever becomes administrator of that one account can become administrator of all others, so that it needs the care of the management account.',
    remediation: [
      'Where that is meant, declare the account in the configuration (`checks.trustedAccounts`) with its owner, and guard it like the management account.',
      'Otherwise take the delegation back (`aws organizations deregister-delegated-administrator`).',
    ],
    references: [
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html',
    ],
  },
  frameworks: [],
  defaults: {},

  run: (account, { trustedAccounts }) =>
    judgeOrganization(
      account,
      ({ delegatedAdministrators }) => delegatedAdministrators,
      function* (administrators, subject) {
        const declared = new Set(trustedAccounts.map(({ id }) => id));
        // That there is none is an answer too.
        yield { subject, outcome: 'pass', evidence: NOBODY };
        for (const { accountId, name, services } of administrators) {
          const ruling = services.filter((service) => RULING.has(service));
          yield {
            subject: { ...subject, part: accountId },
            outcome: ruling.length === 0 || declared.has(accountId) ? 'pass' : 'fail',
            evidence: {
              administrator: accountId,
              name,
              ruling,
              services,
              ways: ruling.map((each) => RULING.get(each) ?? ''),
            },
          };
        }
      },
    ),

  summary: ({ administrator, name, ways }) =>
    `Account ${administrator}${name === '' ? '' : ` (${name})`} ${ways.join(', and ')} in all member accounts of the organization, and is not declared.`,
});

const NOBODY = {
  administrator: '',
  name: '',
  ruling: [] as readonly string[],
  services: [] as readonly string[],
  ways: [] as readonly string[],
};
