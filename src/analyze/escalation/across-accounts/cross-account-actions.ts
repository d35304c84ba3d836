/**
 * The actions by which principals of other accounts use a resource whose policy lets them in, with what must be so beside and no
 * snapshot tells; null: nothing. Others are refused across accounts whatever the policy says (`s3:PutBucketPolicy`,
 * `kms:PutKeyPolicy`, `lambda:AddPermission`), or nobody has seen them work. Sources: "Cross account resource access in IAM", IAM
 * User Guide; "Granting Lambda function access to other accounts", AWS Lambda Developer Guide; "Access AWS Secrets Manager secrets
 * from a different account", AWS Secrets Manager User Guide; "Private repository policies", Amazon ECR User Guide; "Cross-account
 * access with resource-based policies in DynamoDB", Amazon DynamoDB Developer Guide.
 */
const CROSS_ACCOUNT_ACTIONS: ReadonlyMap<string, string | null> = new Map([
  ['dynamodb:GetItem', null],
  ['dynamodb:Query', null],
  ['dynamodb:Scan', null],
  ['ecr:BatchCheckLayerAvailability', null],
  ['ecr:CompleteLayerUpload', null],
  ['ecr:InitiateLayerUpload', null],
  ['ecr:PutImage', null],
  ['ecr:UploadLayerPart', null],
  ['kms:Decrypt', null],
  ['lambda:GetFunction', null],
  ['lambda:GetFunctionConfiguration', null],
  ['lambda:InvokeFunction', null],
  ['lambda:UpdateFunctionCode', null],
  ['s3:GetObject', null],
  ['s3:PutObject', null],
  // The key that AWS makes for secrets serves its own account alone.
  ['secretsmanager:GetSecretValue', 'the secret is encrypted with a customer managed key that the principal may use'],
  ['ssm:GetParameter', null],
  ['ssm:GetParameters', null],
]);

/** What must be so beside the policies for an action to work across accounts, in words; undefined: it does not. */
export const acrossAccounts = (action: string): readonly string[] | undefined => {
  const needed = CROSS_ACCOUNT_ACTIONS.get(action);
  if (needed === undefined) return undefined;
  return needed === null ? [] : [needed];
};
