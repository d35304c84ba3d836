import type { CommandsByCheck, MendingCommands } from './words.ts';

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

const IN_GROUPS: MendingCommands = {
  cli: `aws iam add-user-to-group --user-name USER --group-name GROUP
aws iam tag-user --user-name USER --tags Key=owner,Value=OWNER`,
  terraform: `resource "aws_iam_user_group_membership" "user" {
  user   = "USER"
  groups = ["GROUP"]
}`,
};

/** Commands for findings about the account, its users, groups and roles as such. */
export const ACCOUNT_COMMANDS: CommandsByCheck = [
  ['account-password-policy-weak', PASSWORD_POLICY],
  ['account-password-policy-without-character-rules', PASSWORD_POLICY],
  ['account-password-policy-without-expiry', PASSWORD_POLICY],
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
  [
    'account-without-auditor-role',
    {
      cli: `aws iam attach-role-policy --role-name AUDITOR_ROLE --policy-arn arn:aws:iam::aws:policy/SecurityAudit`,
      terraform: `resource "aws_iam_role_policy_attachment" "auditor" {
  role       = "AUDITOR_ROLE"
  policy_arn = "arn:aws:iam::aws:policy/SecurityAudit"
}`,
    },
  ],
  [
    'account-quota-nearly-full',
    {
      cli: `aws service-quotas list-service-quotas --service-code iam --region us-east-1
aws service-quotas request-service-quota-increase --service-code iam --quota-code QUOTA_CODE \\
  --desired-value NUMBER --region us-east-1`,
      terraform: `resource "aws_servicequotas_service_quota" "iam" {
  service_code = "iam"
  quota_code   = "QUOTA_CODE"
  value        = 2000
}`,
    },
  ],
  [
    'analyzer-archives-too-much',
    {
      cli: `aws accessanalyzer get-archive-rule --analyzer-name ANALYZER --rule-name RULE
aws accessanalyzer update-archive-rule --analyzer-name ANALYZER --rule-name RULE \\
  --filter '{"resource":{"eq":["RESOURCE_ARN"]},"principal.AWS":{"eq":["PRINCIPAL"]}}'
# or, where nobody needs it
aws accessanalyzer delete-archive-rule --analyzer-name ANALYZER --rule-name RULE`,
      terraform: `resource "aws_accessanalyzer_archive_rule" "accepted" {
  analyzer_name = "ANALYZER"
  rule_name     = "RULE"
  filter {
    criteria = "resource"
    eq       = ["RESOURCE_ARN"]
  }
  filter {
    criteria = "principal.AWS"
    eq       = ["PRINCIPAL"]
  }
}`,
    },
  ],
  [
    'access-analyzer-misses-access',
    {
      cli: `aws accessanalyzer start-resource-scan --analyzer-arn ANALYZER_ARN --resource-arn RESOURCE_ARN`,
      terraform: null,
    },
  ],
  [
    'user-inactive',
    {
      cli: `# what the user has goes first
aws iam delete-login-profile --user-name USER
aws iam list-access-keys --user-name USER
aws iam delete-access-key --user-name USER --access-key-id KEY_ID
aws iam remove-user-from-group --user-name USER --group-name GROUP
aws iam detach-user-policy --user-name USER --policy-arn POLICY_ARN
aws iam delete-user-policy --user-name USER --policy-name POLICY
aws iam delete-user --user-name USER`,
      terraform: `resource "aws_iam_user" "user" {
  name          = "USER"
  force_destroy = true # takes keys, password and MFA with it; then remove the resource
}`,
    },
  ],
  ['user-without-group', IN_GROUPS],
  ['user-onboarding-incomplete', IN_GROUPS],
  [
    'group-without-members',
    {
      cli: `aws iam detach-group-policy --group-name GROUP --policy-arn POLICY_ARN
aws iam delete-group-policy --group-name GROUP --policy-name POLICY
aws iam delete-group --group-name GROUP`,
      terraform: '# remove the resource "aws_iam_group" and its attachments',
    },
  ],
  [
    'instance-profile-without-role',
    {
      cli: 'aws iam delete-instance-profile --instance-profile-name PROFILE',
      terraform: '# remove the resource "aws_iam_instance_profile"',
    },
  ],
  [
    'identity-provider-unused',
    {
      cli: `aws iam delete-saml-provider --saml-provider-arn PROVIDER_ARN
# or, where it is one of OpenID Connect
aws iam delete-open-id-connect-provider --open-id-connect-provider-arn PROVIDER_ARN`,
      terraform: '# remove the resource "aws_iam_saml_provider" or "aws_iam_openid_connect_provider"',
    },
  ],
];
