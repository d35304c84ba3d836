/** How to mend what a check finds, as commands; names in capitals are to be replaced. */
export interface MendingCommands {
  /** For the AWS CLI. */
  readonly cli: string;
  /** What it looks like in Terraform; null: Terraform has nothing for it. */
  readonly terraform: string | null;
}

const OLD_KEY: MendingCommands = {
  cli: `aws iam get-access-key-last-used --access-key-id KEY_ID
aws iam update-access-key --user-name USER --access-key-id KEY_ID --status Inactive
# a few days later, when nobody has missed it
aws iam delete-access-key --user-name USER --access-key-id KEY_ID`,
  terraform: `resource "aws_iam_access_key" "old" {
  user   = "USER"
  status = "Inactive" # then remove the resource
}`,
};

const NO_PASSWORD: MendingCommands = {
  cli: 'aws iam delete-login-profile --user-name USER',
  terraform: '# remove the resource "aws_iam_user_login_profile" of the user',
};

const PASSWORD_POLICY: MendingCommands = {
  cli: `# whatever is left out goes back to AWS's default
aws iam update-account-password-policy --minimum-password-length 14 \\
  --require-lowercase-characters --require-uppercase-characters --require-numbers --require-symbols \\
  --password-reuse-prevention 24 --max-password-age 365 --allow-users-to-change-password`,
  terraform: `resource "aws_iam_account_password_policy" "account" {
  minimum_password_length        = 14
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  max_password_age               = 365
  allow_users_to_change_password = true
}`,
};

const trustPolicy = (terraform: string): MendingCommands => ({
  cli: `aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument > trust.json
# mend trust.json, then
aws iam update-assume-role-policy --role-name ROLE --policy-document file://trust.json`,
  terraform,
});

const trustOf = (principal: string, condition: string): string => `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["${principal}"]
    }${condition}
  }
}

resource "aws_iam_role" "role" {
  name               = "ROLE"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}`;

const SMALLER_POLICY: MendingCommands = {
  cli: `aws iam create-policy-version --policy-arn POLICY_ARN --policy-document file://smaller.json --set-as-default`,
  terraform: `resource "aws_iam_policy" "smaller" {
  name   = "POLICY"
  policy = file("smaller.json")
}`,
};

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

const ROOT_CREDENTIALS = `# signed in as the root user; or, with root access managed by the organization, with the keys that this answers:
aws sts assume-root --target-principal ACCOUNT_ID \\
  --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials`;

/** Commands by the checks whose findings they mend: those that most accounts meet. */
export const MENDING_COMMANDS: ReadonlyMap<string, MendingCommands> = new Map<string, MendingCommands>([
  [
    'user-access-key-not-rotated',
    {
      cli: `aws iam create-access-key --user-name USER
# give the new key to the workload, and see that the old one rests
${OLD_KEY.cli}`,
      terraform: `resource "aws_iam_access_key" "new" {
  user = "USER"
}

# once the workload has the new key: status = "Inactive" for the old one, then remove it`,
    },
  ],
  ['user-access-key-unused', OLD_KEY],
  ['user-access-key-never-used', OLD_KEY],
  ['user-has-two-active-access-keys', OLD_KEY],
  ['user-access-key-quarantined-as-leaked', OLD_KEY],
  ['user-password-unused', NO_PASSWORD],
  ['user-password-never-used', NO_PASSWORD],
  [
    'user-console-access-without-mfa',
    {
      cli: `aws iam create-virtual-mfa-device --virtual-mfa-device-name USER \\
  --bootstrap-method QRCodePNG --outfile USER.png
aws iam enable-mfa-device --user-name USER --serial-number DEVICE_ARN \\
  --authentication-code1 CODE --authentication-code2 NEXT_CODE
# or, where the user needs no console
${NO_PASSWORD.cli}`,
      terraform: null,
    },
  ],
  ['account-password-policy-weak', PASSWORD_POLICY],
  ['account-password-policy-without-character-rules', PASSWORD_POLICY],
  ['account-password-policy-without-expiry', PASSWORD_POLICY],
  [
    'root-user-has-access-key',
    {
      cli: `${ROOT_CREDENTIALS}
aws iam list-access-keys
aws iam delete-access-key --access-key-id KEY_ID`,
      terraform: null,
    },
  ],
  [
    'root-user-has-signing-certificate',
    {
      cli: `${ROOT_CREDENTIALS}
aws iam list-signing-certificates
aws iam delete-signing-certificate --certificate-id CERTIFICATE_ID`,
      terraform: null,
    },
  ],
  [
    'organization-root-access-not-centralized',
    {
      cli: `# in the management account
aws organizations enable-aws-service-access --service-principal iam.amazonaws.com
aws iam enable-organizations-root-credentials-management
aws iam enable-organizations-root-sessions`,
      terraform: `resource "aws_iam_organizations_features" "root" {
  enabled_features = ["RootCredentialsManagement", "RootSessions"]
}`,
    },
  ],
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
  [
    'role-unused',
    {
      cli: `# nobody can assume it any more, and it can be given back
aws iam update-assume-role-policy --role-name ROLE --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}'
# when nobody has missed it: its policies and instance profiles, then the role
aws iam detach-role-policy --role-name ROLE --policy-arn POLICY_ARN
aws iam delete-role-policy --role-name ROLE --policy-name POLICY
aws iam remove-role-from-instance-profile --instance-profile-name PROFILE --role-name ROLE
aws iam delete-role --role-name ROLE`,
      terraform: '# remove the resource "aws_iam_role" and its attachments',
    },
  ],
  ['role-trusts-any-principal', trustPolicy(trustOf('arn:aws:iam::ACCOUNT_ID:role/CALLER', ''))],
  [
    'role-trusts-foreign-account-without-external-id',
    trustPolicy(
      trustOf(
        'arn:aws:iam::THEIR_ACCOUNT_ID:role/THEIR_ROLE',
        `
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = ["EXTERNAL_ID"]
    }`,
      ),
    ),
  ],
  [
    'role-trusts-web-identities-too-broadly',
    trustPolicy(`# for GitHub Actions; other providers have claims of their own
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::ACCOUNT_ID:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:ORGANIZATION/REPOSITORY:ref:refs/heads/main"]
    }
  }
}`),
  ],
  [
    'account-without-access-analyzer',
    {
      cli: 'aws accessanalyzer create-analyzer --analyzer-name account --type ACCOUNT',
      terraform: `resource "aws_accessanalyzer_analyzer" "account" {
  analyzer_name = "account"
  type          = "ACCOUNT"
}`,
    },
  ],
  [
    'account-without-support-role',
    {
      cli: `aws iam attach-role-policy --role-name SUPPORT_ROLE \\
  --policy-arn arn:aws:iam::aws:policy/AWSSupportAccess`,
      terraform: `resource "aws_iam_role_policy_attachment" "support" {
  role       = "SUPPORT_ROLE"
  policy_arn = "arn:aws:iam::aws:policy/AWSSupportAccess"
}`,
    },
  ],
]);
