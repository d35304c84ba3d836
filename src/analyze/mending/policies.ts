import type { CommandsByCheck, MendingCommands } from './words.ts';

const SMALLER_POLICY: MendingCommands = {
  cli: `aws iam create-policy-version --policy-arn POLICY_ARN --policy-document file://smaller.json --set-as-default`,
  terraform: `resource "aws_iam_policy" "smaller" {
  name   = "POLICY"
  policy = file("smaller.json")
}`,
};

const CHANGED_POLICY: MendingCommands = {
  cli: `aws iam get-policy-version --policy-arn POLICY_ARN --version-id VERSION --query PolicyVersion.Document > policy.json
# mend policy.json, then
aws iam create-policy-version --policy-arn POLICY_ARN --policy-document file://policy.json --set-as-default
# of an inline policy
aws iam get-role-policy --role-name ROLE --policy-name POLICY --query PolicyDocument > policy.json
aws iam put-role-policy --role-name ROLE --policy-name POLICY --policy-document file://policy.json`,
  terraform: `resource "aws_iam_policy" "mended" {
  name   = "POLICY"
  policy = file("policy.json")
}`,
};

/** The policy that `vigil propose` writes, in place of what a principal has. */
const PROPOSED_POLICY: MendingCommands = {
  cli: `vigil propose PRINCIPAL_ARN
# with the policy that this prints, once somebody has read it
aws iam put-role-policy --role-name ROLE --policy-name POLICY --policy-document file://smaller.json
aws iam detach-role-policy --role-name ROLE --policy-arn OLD_POLICY_ARN`,
  terraform: `resource "aws_iam_role_policy" "smaller" {
  name   = "POLICY"
  role   = "ROLE"
  policy = file("smaller.json")
}`,
};

/** What a principal may never do, whatever its policies allow. */
const BOUNDARY: MendingCommands = {
  cli: `# first what the finding says closes it; where the access is meant, a boundary that forbids changes of itself
aws iam put-role-permissions-boundary --role-name ROLE --permissions-boundary POLICY_ARN
aws iam put-user-permissions-boundary --user-name USER --permissions-boundary POLICY_ARN`,
  terraform: `resource "aws_iam_role" "role" {
  name                 = "ROLE"
  assume_role_policy   = file("trust.json")
  permissions_boundary = "POLICY_ARN"
}`,
};

const statement = (lines: string): MendingCommands => ({
  ...CHANGED_POLICY,
  terraform: `data "aws_iam_policy_document" "policy" {
  statement {
${lines}
  }
}`,
});

const inlinePolicy = (kind: 'user' | 'group' | 'role'): MendingCommands => {
  const name = kind.toUpperCase();
  return {
    cli: `aws iam get-${kind}-policy --${kind}-name ${name} --policy-name POLICY --query PolicyDocument > policy.json
aws iam create-policy --policy-name POLICY --policy-document file://policy.json
aws iam attach-${kind}-policy --${kind}-name ${name} --policy-arn POLICY_ARN
aws iam delete-${kind}-policy --${kind}-name ${name} --policy-name POLICY`,
    terraform: `resource "aws_iam_policy" "policy" {
  name   = "POLICY"
  policy = file("policy.json")
}

# in place of "aws_iam_${kind}_policy"
resource "aws_iam_${kind}_policy_attachment" "policy" {
  ${kind.padEnd(10)} = "${name}"
  policy_arn = aws_iam_policy.policy.arn
}`,
  };
};

/** Commands for findings about policies and what they grant. */
export const POLICY_COMMANDS: CommandsByCheck = [
  [
    'user-policy-attached-directly',
    {
      cli: `aws iam attach-group-policy --group-name GROUP --policy-arn POLICY_ARN
aws iam add-user-to-group --group-name GROUP --user-name USER
aws iam detach-user-policy --user-name USER --policy-arn POLICY_ARN`,
      terraform: `resource "aws_iam_group_policy_attachment" "group" {
  group      = "GROUP"
  policy_arn = "POLICY_ARN"
}

# in place of "aws_iam_user_policy_attachment"
resource "aws_iam_user_group_membership" "user" {
  user   = "USER"
  groups = ["GROUP"]
}`,
    },
  ],
  ['user-has-inline-policy', inlinePolicy('user')],
  ['group-has-inline-policy', inlinePolicy('group')],
  ['role-has-inline-policy', inlinePolicy('role')],
  ['managed-policy-grants-everything', SMALLER_POLICY],
  ['policy-allows-all-but-some-actions', SMALLER_POLICY],
  [
    'managed-policy-unattached',
    {
      cli: `aws iam list-policy-versions --policy-arn POLICY_ARN
# each version that is not the default
aws iam delete-policy-version --policy-arn POLICY_ARN --version-id VERSION
aws iam delete-policy --policy-arn POLICY_ARN`,
      terraform: '# remove the resource "aws_iam_policy"',
    },
  ],
  ['inline-policy-grants-everything', PROPOSED_POLICY],
  ['principal-has-unused-actions', PROPOSED_POLICY],
  ['principal-has-unused-services', PROPOSED_POLICY],
  ['principal-holds-whole-sensitive-service', PROPOSED_POLICY],
  ['principal-is-administrator-by-many-policies', PROPOSED_POLICY],
  ['principal-manages-permissions-everywhere', PROPOSED_POLICY],
  ['principal-reads-all-sensitive-data', PROPOSED_POLICY],
  ['principal-can-become-administrator', BOUNDARY],
  ['principal-can-gain-sensitive-access', BOUNDARY],
  ['principal-can-reach-crown-jewel', BOUNDARY],
  ['principal-can-reach-crown-jewel-elsewhere', BOUNDARY],
  ['policy-allows-all-but-some-resources', CHANGED_POLICY],
  ['policy-condition-restricts-nobody', CHANGED_POLICY],
  ['policy-deny-protects-nothing', CHANGED_POLICY],
  ['policy-size-nearly-full', CHANGED_POLICY],
  ['policy-statement-never-grants', CHANGED_POLICY],
  ['policy-statement-redundant', CHANGED_POLICY],
  [
    'policy-version-ignores-variables',
    {
      ...CHANGED_POLICY,
      terraform: `data "aws_iam_policy_document" "policy" {
  version = "2012-10-17"
  # the statements as they are
}`,
    },
  ],
  [
    'policy-mfa-condition-spares-access-keys',
    statement(`    effect      = "Deny"
    not_actions = ["iam:EnableMFADevice", "iam:ListMFADevices", "sts:GetSessionToken"]
    resources   = ["*"]
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["false"]
    }`),
  ],
  [
    'principal-can-pass-any-role',
    statement(`    actions   = ["iam:PassRole"]
    resources = ["arn:aws:iam::ACCOUNT_ID:role/ROLE_TO_PASS"]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["lambda.amazonaws.com"]
    }`),
  ],
  [
    'principal-opens-access-by-tagging-itself',
    statement(`    effect    = "Deny"
    actions   = ["iam:TagUser", "iam:TagRole", "iam:UntagUser", "iam:UntagRole"]
    resources = ["*"]
    condition {
      test     = "ForAnyValue:StringEquals"
      variable = "aws:TagKeys"
      values   = ["TAG_KEY"]
    }`),
  ],
  [
    'managed-policy-has-many-versions',
    {
      cli: `aws iam list-policy-versions --policy-arn POLICY_ARN
# each version that is not the default
aws iam delete-policy-version --policy-arn POLICY_ARN --version-id VERSION`,
      terraform: null,
    },
  ],
  [
    'managed-policy-duplicated',
    {
      cli: `aws iam list-entities-for-policy --policy-arn OTHER_POLICY_ARN
# for each of them, and likewise for users and groups
aws iam attach-role-policy --role-name ROLE --policy-arn POLICY_ARN
aws iam detach-role-policy --role-name ROLE --policy-arn OTHER_POLICY_ARN
aws iam delete-policy --policy-arn OTHER_POLICY_ARN`,
      terraform: '# name one "aws_iam_policy" in all attachments, and remove the other',
    },
  ],
  [
    'cloudshell-full-access-attached',
    {
      cli: `aws iam list-entities-for-policy --policy-arn arn:aws:iam::aws:policy/AWSCloudShellFullAccess
# for each of them, and likewise for users and groups
aws iam detach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AWSCloudShellFullAccess`,
      terraform: '# remove the attachments of "arn:aws:iam::aws:policy/AWSCloudShellFullAccess"',
    },
  ],
];
