import type { CommandsByCheck, MendingCommands } from './words.ts';

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

const SSH_KEY: MendingCommands = {
  cli: `aws iam upload-ssh-public-key --user-name USER --ssh-public-key-body file://new-key.pub
# once the user signs in with the new key
aws iam update-ssh-public-key --user-name USER --ssh-public-key-id KEY_ID --status Inactive
aws iam delete-ssh-public-key --user-name USER --ssh-public-key-id KEY_ID`,
  terraform: `resource "aws_iam_user_ssh_key" "new" {
  username   = "USER"
  encoding   = "SSH"
  public_key = file("new-key.pub")
}

# once the user signs in with the new key, remove the old one`,
};

const SERVICE_CREDENTIAL: MendingCommands = {
  cli: `aws iam list-service-specific-credentials --user-name USER
# where a role cannot do the work; --credential-age-days is for the API keys of Amazon Bedrock
aws iam create-service-specific-credential --user-name USER --service-name SERVICE --credential-age-days 90
# once the workload has the new one
aws iam update-service-specific-credential --user-name USER --service-specific-credential-id ID --status Inactive
aws iam delete-service-specific-credential --user-name USER --service-specific-credential-id ID`,
  terraform: `resource "aws_iam_service_specific_credential" "old" {
  service_name = "SERVICE"
  user_name    = "USER"
  status       = "Inactive" # then remove the resource
}`,
};

const SIGNING_CERTIFICATE: MendingCommands = {
  cli: `aws iam update-signing-certificate --user-name USER --certificate-id CERTIFICATE_ID --status Inactive
# a few days later, when nobody has missed it
aws iam delete-signing-certificate --user-name USER --certificate-id CERTIFICATE_ID`,
  terraform: '# set status = "Inactive" in the resource "aws_iam_signing_certificate", then remove it',
};

const ROOT_CREDENTIALS = `# signed in as the root user; or, with root access managed by the organization, with the keys that this answers:
aws sts assume-root --target-principal ACCOUNT_ID \\
  --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials`;

/** Commands for findings about passwords, MFA, keys and certificates. */
export const CREDENTIAL_COMMANDS: CommandsByCheck = [
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
  ['user-access-key-made-at-creation', OLD_KEY],
  ['user-ssh-public-key-not-rotated', SSH_KEY],
  ['user-service-specific-credential-not-rotated', SERVICE_CREDENTIAL],
  ['user-service-specific-credential-never-expires', SERVICE_CREDENTIAL],
  ['user-has-signing-certificate', SIGNING_CERTIFICATE],
  [
    'user-inactive-credential-kept',
    {
      cli: `# of these the one that the finding names
aws iam delete-access-key --user-name USER --access-key-id KEY_ID
aws iam delete-signing-certificate --user-name USER --certificate-id CERTIFICATE_ID
aws iam delete-ssh-public-key --user-name USER --ssh-public-key-id KEY_ID
aws iam delete-service-specific-credential --user-name USER --service-specific-credential-id ID`,
      terraform: '# remove the resource of the credential, such as "aws_iam_access_key"',
    },
  ],
  [
    'root-user-without-mfa',
    {
      cli: `# MFA of the root user is registered in the console, signed in as the root user
# of a member account, with root access managed by the organization: delete the password instead
aws sts assume-root --target-principal ACCOUNT_ID \\
  --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials
# with the keys that this answers
aws iam delete-login-profile`,
      terraform: null,
    },
  ],
  [
    'identity-provider-metadata-expired',
    {
      cli: `aws iam update-saml-provider --saml-provider-arn PROVIDER_ARN --saml-metadata-document file://metadata.xml`,
      terraform: `resource "aws_iam_saml_provider" "provider" {
  name                   = "PROVIDER"
  saml_metadata_document = file("metadata.xml")
}`,
    },
  ],
  ['server-certificate-expired', serverCertificate('aws iam delete-server-certificate --server-certificate-name NAME')],
  [
    'server-certificate-expires-soon',
    serverCertificate(`# once nothing uses the old one
aws iam delete-server-certificate --server-certificate-name NAME`),
  ],
];

function serverCertificate(deletion: string): MendingCommands {
  return {
    cli: `aws acm request-certificate --domain-name DOMAIN --validation-method DNS\n${deletion}`,
    terraform: `# in place of "aws_iam_server_certificate"
resource "aws_acm_certificate" "certificate" {
  domain_name       = "DOMAIN"
  validation_method = "DNS"
}`,
  };
}
