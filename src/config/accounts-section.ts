import { z } from 'zod';
import { wholeNumber } from './whole-number.ts';

const name = z.string().min(1).max(200);

const accountId = z
  .string('must be the 12 digits of an account, in quotes')
  .regex(/^\d{12}$/, 'must be the 12 digits of an account, in quotes');

const group = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be letters, digits, `-` and `_`, at most 64');

const externalId = z
  .string()
  .regex(/^[\w+=,.@:/-]{2,1224}$/, 'must be 2 to 1224 letters, digits and `+=,.@:/-_`, as AWS takes them');

const entry = z
  .strictObject({
    name: name.optional(),
    id: accountId.optional(),
    group: group.optional(),
    profile: name.optional(),
    roleArn: z
      .string()
      .regex(
        /^arn:[^:]+:iam::\d{12}:role\/.+$/,
        'must be the ARN of a role, such as `arn:aws:iam::111122223333:role/vigil`',
      )
      .optional(),
    externalId: externalId.optional(),
    endpointUrl: z.url({ protocol: /^https?$/, error: 'must be a URL, such as `http://127.0.0.1:4599`' }).optional(),
    region: name.optional(),
  })
  .superRefine((account, context) => {
    const { id, profile, roleArn, endpointUrl } = account;
    if ([id, profile, roleArn, endpointUrl].every((way) => way === undefined)) {
      const message = 'does not say which account: give its `roleArn`, a `profile`, or the `id` of the caller’s own';
      context.addIssue({ code: 'custom', message });
    }
    if (account.externalId !== undefined && roleArn === undefined) {
      const message = 'goes with a `roleArn`: give the role that is to be assumed with it';
      context.addIssue({ code: 'custom', path: ['externalId'], message });
    }
    const ofRole = roleArn?.split(':')[4];
    if (id !== undefined && ofRole !== undefined && id !== ofRole) {
      const message = `is not the account of \`roleArn\`, which is ${ofRole}: mend one of them, or leave the id out`;
      context.addIssue({ code: 'custom', path: ['id'], message });
    }
  });

/** An account of the list, by how it is reached. */
export type ListedAccount = z.infer<typeof entry>;

const accountOrUnit = z
  .string('must be the 12 digits of an account, in quotes, or the id of an organizational unit')
  .regex(
    /^(\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
    'must be the 12 digits of an account, in quotes, or the id of an organizational unit, such as `ou-ab12-11111111`',
  );

const organization = z
  .strictObject({
    roleName: z
      .string()
      .regex(
        /^[\w+=,.@/-]{1,500}$/,
        'must be the name of a role, with its path if it has one, such as `vigil-audit`; not its ARN',
      ),
    externalId: externalId.optional(),
    profile: name.optional(),
    group: group.optional(),
    allow: z.array(accountOrUnit).min(1, 'must name an account: leave `allow` out to audit them all').optional(),
    deny: z.array(accountOrUnit).default([]),
  })
  .superRefine(({ allow = [], deny }, context) => {
    for (const [index, id] of deny.entries()) {
      if (!allow.includes(id)) continue;
      const message = `\`${id}\` is in \`allow\` too: take it out of one of them`;
      context.addIssue({ code: 'custom', path: ['deny', index], message });
    }
  });

/** How all accounts of an organization are found and reached. */
export type OrganizationToAudit = z.infer<typeof organization>;

/** Several accounts for one audit. */
export const accountsSection = z.strictObject({
  list: z
    .array(entry)
    .default([])
    .superRefine((accounts, context) => {
      for (const member of ['id', 'name'] as const) {
        for (const [index, account] of accounts.entries()) {
          const value = account[member];
          if (value === undefined || accounts.findIndex((other) => other[member] === value) === index) continue;
          const message = `\`${value}\` is in the list already: take one of the two out`;
          context.addIssue({ code: 'custom', path: [index, member], message });
        }
      }
    })
    .meta({
      description:
        'accounts to audit together, each by the `roleArn` to assume in it (with its `externalId`), or by a `profile`; `id`, `name`, `group`, `region` and `endpointUrl` as wanted. What `aws` says reaches the roles',
      example: [
        { name: 'payments', roleArn: 'arn:aws:iam::444455556666:role/vigil-audit', externalId: 'vigil-3f2a' },
        { name: 'sandbox', profile: 'sandbox', group: 'weekly' },
      ],
    }),
  organization: organization.optional().meta({
    description:
      'all active accounts of the organization, by assuming the role of this name in each; `allow` and `deny` name accounts or organizational units. The credentials of `aws`, or of a `profile`, are those of its management account or of a delegated administrator, whose own account they read without a role',
    example: { roleName: 'vigil-audit', externalId: 'vigil-3f2a', deny: ['777788889999', 'ou-ab12-11111111'] },
  }),
  maxConcurrency: wholeNumber(1, 16).default(4).meta({
    description: 'accounts read at once',
    env: 'VIGIL_ACCOUNTS_MAX_CONCURRENCY',
  }),
});
