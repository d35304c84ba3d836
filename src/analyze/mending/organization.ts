import type { CommandsByCheck, MendingCommands } from './words.ts';

const DELEGATED = `resource "aws_organizations_delegated_administrator" "security" {
  account_id        = "ACCOUNT_ID"
  service_principal = "SERVICE.amazonaws.com"
}`;

/** An assignment to a group, in place of those to users. */
const ASSIGNMENT: MendingCommands = {
  cli: `aws sso-admin create-account-assignment --instance-arn INSTANCE_ARN --permission-set-arn PERMISSION_SET_ARN \\
  --target-id ACCOUNT_ID --target-type AWS_ACCOUNT --principal-type GROUP --principal-id GROUP_ID
aws sso-admin delete-account-assignment --instance-arn INSTANCE_ARN --permission-set-arn PERMISSION_SET_ARN \\
  --target-id ACCOUNT_ID --target-type AWS_ACCOUNT --principal-type USER --principal-id USER_ID`,
  terraform: `resource "aws_ssoadmin_account_assignment" "group" {
  instance_arn       = "INSTANCE_ARN"
  permission_set_arn = "PERMISSION_SET_ARN"
  principal_type     = "GROUP"
  principal_id       = "GROUP_ID"
  target_type        = "AWS_ACCOUNT"
  target_id          = "ACCOUNT_ID"
}`,
};

/** Commands for findings about an organization and its IAM Identity Center; most are for the management account. */
export const ORGANIZATION_COMMANDS: CommandsByCheck = [
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
    'organization-policy-type-disabled',
    {
      cli: `aws organizations list-roots
aws organizations enable-policy-type --root-id ROOT_ID --policy-type SERVICE_CONTROL_POLICY`,
      terraform: `resource "aws_organizations_organization" "organization" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
}`,
    },
  ],
  [
    'organization-accounts-without-guardrails',
    {
      cli: `aws organizations attach-policy --policy-id POLICY_ID --target-id ROOT_OR_UNIT_ID
# or the account into a unit that has guardrails
aws organizations move-account --account-id ACCOUNT_ID --source-parent-id ROOT_ID --destination-parent-id UNIT_ID`,
      terraform: `resource "aws_organizations_policy_attachment" "guardrail" {
  policy_id = "POLICY_ID"
  target_id = "ROOT_OR_UNIT_ID"
}`,
    },
  ],
  [
    'delegated-administrator-undeclared',
    {
      cli: `aws organizations deregister-delegated-administrator --account-id ACCOUNT_ID \\
  --service-principal SERVICE.amazonaws.com`,
      terraform: '# remove the resource "aws_organizations_delegated_administrator"',
    },
  ],
  [
    'organization-without-delegated-administrator',
    {
      cli: `aws organizations register-delegated-administrator --account-id ACCOUNT_ID \\
  --service-principal SERVICE.amazonaws.com`,
      terraform: DELEGATED,
    },
  ],
  ['permission-set-assigned-to-users', ASSIGNMENT],
  ['permission-set-grants-administrator', ASSIGNMENT],
  [
    'permission-set-assigned-to-nobody',
    {
      cli: `aws sso-admin list-accounts-for-provisioned-permission-set --instance-arn INSTANCE_ARN \\
  --permission-set-arn PERMISSION_SET_ARN
aws sso-admin delete-permission-set --instance-arn INSTANCE_ARN --permission-set-arn PERMISSION_SET_ARN`,
      terraform: '# remove the resource "aws_ssoadmin_permission_set"',
    },
  ],
  [
    'permission-set-session-too-long',
    {
      cli: `aws sso-admin update-permission-set --instance-arn INSTANCE_ARN --permission-set-arn PERMISSION_SET_ARN \\
  --session-duration PT1H
aws sso-admin provision-permission-set --instance-arn INSTANCE_ARN --permission-set-arn PERMISSION_SET_ARN \\
  --target-type ALL_PROVISIONED_ACCOUNTS`,
      terraform: `resource "aws_ssoadmin_permission_set" "set" {
  name             = "PERMISSION_SET"
  instance_arn     = "INSTANCE_ARN"
  session_duration = "PT1H"
}`,
    },
  ],
  [
    'permission-set-can-become-administrator',
    {
      cli: `# first take the actions that the way begins with out of the set; where they are meant
aws sso-admin put-permissions-boundary-to-permission-set --instance-arn INSTANCE_ARN \\
  --permission-set-arn PERMISSION_SET_ARN --permissions-boundary ManagedPolicyArn=POLICY_ARN
aws sso-admin provision-permission-set --instance-arn INSTANCE_ARN --permission-set-arn PERMISSION_SET_ARN \\
  --target-type ALL_PROVISIONED_ACCOUNTS`,
      terraform: `resource "aws_ssoadmin_permissions_boundary_attachment" "set" {
  instance_arn       = "INSTANCE_ARN"
  permission_set_arn = "PERMISSION_SET_ARN"
  permissions_boundary {
    managed_policy_arn = "POLICY_ARN"
  }
}`,
    },
  ],
];
