import type { CommandsByCheck, MendingCommands } from './words.ts';

const trustPolicy = (terraform: string): MendingCommands => ({
  cli: `aws iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument > trust.json
# mend trust.json, then
aws iam update-assume-role-policy --role-name ROLE --policy-document file://trust.json`,
  terraform,
});

const trustOf = (principal: string, condition = ''): string => `data "aws_iam_policy_document" "trust" {
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

const condition = (test: string, variable: string, value: string): string => `
    condition {
      test     = "${test}"
      variable = "${variable}"
      values   = ["${value}"]
    }`;

/** Commands for findings about who may assume a role, and who gets at a resource. */
export const TRUST_COMMANDS: CommandsByCheck = [
  ['role-trusts-any-principal', trustPolicy(trustOf('arn:aws:iam::ACCOUNT_ID:role/CALLER'))],
  [
    'role-trusts-foreign-account-without-external-id',
    trustPolicy(
      trustOf(
        'arn:aws:iam::THEIR_ACCOUNT_ID:role/THEIR_ROLE',
        condition('StringEquals', 'sts:ExternalId', 'EXTERNAL_ID'),
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
  ['role-trusts-undeclared-account', trustPolicy(trustOf('arn:aws:iam::THEIR_ACCOUNT_ID:role/THEIR_ROLE'))],
  ['principal-can-become-administrator-elsewhere', trustPolicy(trustOf('arn:aws:iam::ACCOUNT_ID:role/CALLER'))],
  [
    'user-dangerous-grants-without-mfa',
    trustPolicy(trustOf('arn:aws:iam::ACCOUNT_ID:user/USER', condition('Bool', 'aws:MultiFactorAuthPresent', 'true'))),
  ],
  [
    'role-trusts-service-without-source',
    trustPolicy(`data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["SERVICE.amazonaws.com"]
    }${condition('StringEquals', 'aws:SourceAccount', 'ACCOUNT_ID')}
  }
}`),
  ],
  [
    'role-trusts-saml-without-audience',
    trustPolicy(`data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithSAML"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::ACCOUNT_ID:saml-provider/PROVIDER"]
    }${condition('StringEquals', 'SAML:aud', 'https://signin.aws.amazon.com/saml')}
  }
}`),
  ],
  [
    'resource-allows-anybody',
    {
      cli: `# of an S3 bucket
aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text > policy.json
# mend policy.json, then
aws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json
# and for the whole account, where no bucket is to be public
aws s3control put-public-access-block --account-id ACCOUNT_ID --public-access-block-configuration \\
  BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
      terraform: `resource "aws_s3_account_public_access_block" "account" {
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}`,
    },
  ],
  [
    'resource-allows-foreign-account',
    resourcePolicy(trusted('AWS', 'arn:aws:iam::THEIR_ACCOUNT_ID:role/THEIR_ROLE', '')),
  ],
  [
    'resource-allows-service-without-source',
    resourcePolicy(
      trusted('Service', 'SERVICE.amazonaws.com', condition('StringEquals', 'aws:SourceAccount', 'ACCOUNT_ID')),
    ),
  ],
];

function resourcePolicy(terraform: string): MendingCommands {
  return {
    cli: `# of an S3 bucket; other services have commands of their own
aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text > policy.json
# mend policy.json, then
aws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json`,
    terraform,
  };
}

function trusted(type: string, identifier: string, restriction: string): string {
  return `data "aws_iam_policy_document" "bucket" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::BUCKET/*"]
    principals {
      type        = "${type}"
      identifiers = ["${identifier}"]
    }${restriction}
  }
}

resource "aws_s3_bucket_policy" "bucket" {
  bucket = "BUCKET"
  policy = data.aws_iam_policy_document.bucket.json
}`;
}
