/** What the benchmark asks for: common and rare actions, on resources that some statements of a generated account are about. */
export const REQUESTS: readonly { readonly action: string; readonly resource: string }[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket-7/key' },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::home-u7/key' },
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::bucket-7' },
  { action: 's3:DeleteObject', resource: 'arn:aws:s3:::secret-1/key' },
  { action: 'dynamodb:Query', resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/t-5' },
  { action: 'dynamodb:PutItem', resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/t-9' },
  { action: 'ec2:DescribeInstances', resource: '*' },
  { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-1' },
  { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:123456789012:queue' },
  { action: 'lambda:InvokeFunction', resource: 'arn:aws:lambda:eu-west-1:123456789012:function:f' },
  { action: 'logs:PutLogEvents', resource: 'arn:aws:logs:eu-west-1:123456789012:log-group:g:log-stream:s' },
  {
    action: 'secretsmanager:GetSecretValue',
    resource: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:s-abcdef',
  },
  { action: 'iam:PassRole', resource: 'arn:aws:iam::123456789012:role/r1' },
  { action: 'iam:CreateAccessKey', resource: 'arn:aws:iam::123456789012:user/u1' },
  { action: 'iam:ListUsers', resource: '*' },
  { action: 'organizations:LeaveOrganization', resource: '*' },
];
