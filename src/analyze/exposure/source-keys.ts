/**
 * Which services of AWS send which keys of their source with calls to which others, as their guides say in their sections
 * on the confused deputy problem or on the policy to attach. One that is not listed is not known to send any.
 */
const SENT: Readonly<Record<string, Readonly<Record<string, readonly SourceKey[]>>>> = {
  // "Granting permissions to publish event notification messages to a destination", S3 User Guide.
  's3.amazonaws.com': {
    sns: ['aws:SourceArn', 'aws:SourceAccount'],
    sqs: ['aws:SourceArn', 'aws:SourceAccount'],
    lambda: ['aws:SourceArn', 'aws:SourceAccount'],
    s3: ['aws:SourceArn', 'aws:SourceAccount'],
  },
  // "Enabling Amazon S3 server access logging", S3 User Guide.
  'logging.s3.amazonaws.com': { s3: ['aws:SourceArn', 'aws:SourceAccount'] },
  // "Subscribing an Amazon SQS queue to an Amazon SNS topic", SNS Developer Guide.
  'sns.amazonaws.com': { sqs: ['aws:SourceArn'], lambda: ['aws:SourceArn'] },
  // "Using resource-based policies for Amazon EventBridge", EventBridge User Guide.
  'events.amazonaws.com': { sns: ['aws:SourceArn'], sqs: ['aws:SourceArn'], lambda: ['aws:SourceArn'] },
  // "Amazon S3 bucket policy for CloudTrail", CloudTrail User Guide.
  'cloudtrail.amazonaws.com': {
    s3: ['aws:SourceArn', 'aws:SourceAccount'],
    sns: ['aws:SourceArn'],
    kms: ['aws:SourceArn'],
  },
  // "Permissions for the Amazon S3 bucket for the AWS Config delivery channel", Config Developer Guide.
  'config.amazonaws.com': { s3: ['aws:SourceAccount'], sns: ['aws:SourceAccount'] },
  // "Logs sent to Amazon S3", CloudWatch Logs User Guide.
  'delivery.logs.amazonaws.com': { s3: ['aws:SourceArn', 'aws:SourceAccount'] },
  // "Subscription filters with AWS Lambda", CloudWatch Logs User Guide.
  'logs.amazonaws.com': { lambda: ['aws:SourceArn', 'aws:SourceAccount'], s3: ['aws:SourceArn', 'aws:SourceAccount'] },
  // "Restricting access to an Amazon S3 origin" and "… an AWS Lambda function URL origin", CloudFront Developer Guide.
  'cloudfront.amazonaws.com': { s3: ['aws:SourceArn'], kms: ['aws:SourceArn'], lambda: ['aws:SourceArn'] },
  // "Using Amazon SNS for alarms: confused deputy", CloudWatch User Guide.
  'cloudwatch.amazonaws.com': { sns: ['aws:SourceArn', 'aws:SourceAccount'] },
  // "Invoke a Lambda function with API Gateway", Lambda Developer Guide.
  'apigateway.amazonaws.com': { lambda: ['aws:SourceArn'] },
  // "Use Lambda functions as targets", Elastic Load Balancing User Guide.
  'elasticloadbalancing.amazonaws.com': { lambda: ['aws:SourceArn'] },
  // "Customizing user pool workflows with Lambda triggers", Cognito Developer Guide.
  'cognito-idp.amazonaws.com': { lambda: ['aws:SourceArn', 'aws:SourceAccount'] },
  // "Giving permissions to Amazon SES for email receiving", SES Developer Guide.
  'ses.amazonaws.com': {
    s3: ['aws:SourceArn', 'aws:SourceAccount'],
    sns: ['aws:SourceArn', 'aws:SourceAccount'],
    lambda: ['aws:SourceArn', 'aws:SourceAccount'],
    kms: ['aws:SourceArn', 'aws:SourceAccount'],
  },
  // "Granting AWS IoT the required access to Lambda", IoT Core Developer Guide.
  'iot.amazonaws.com': { lambda: ['aws:SourceArn', 'aws:SourceAccount'] },
  // "Permissions for rotation", Secrets Manager User Guide.
  'secretsmanager.amazonaws.com': { lambda: ['aws:SourceAccount'] },
  // "Amazon ECR sample for CodeBuild", CodeBuild User Guide.
  'codebuild.amazonaws.com': { ecr: ['aws:SourceArn', 'aws:SourceAccount'] },
  // "Set up an Amazon SNS topic" for matchmaking, GameLift Developer Guide.
  'gamelift.amazonaws.com': { sns: ['aws:SourceArn'], kms: ['aws:SourceArn'] },
  // "Amazon S3 bucket policy cross-service confused deputy prevention", AppStream 2.0 Developer Guide.
  'appstream.amazonaws.com': { s3: ['aws:SourceArn', 'aws:SourceAccount'] },
};

/** A key with which a service says for whose resource it calls. */
type SourceKey = 'aws:SourceArn' | 'aws:SourceAccount';

/** The keys that a service sends with its calls to another; null where it is not known to send any. */
export const sourceKeysSentTo = (called: string, service: string): readonly SourceKey[] | null => {
  const sent = Object.hasOwn(SENT, service) ? SENT[service] : undefined;
  return sent !== undefined && Object.hasOwn(sent, called) ? (sent[called] ?? null) : null;
};

/**
 * Services whose guides tell to ask for both keys in the trust policies of the roles that they assume: the page
 * "Cross-service confused deputy prevention" of each, and "Trust policy" of IAM Roles Anywhere. Lambda and EC2 have none, and
 * of CloudTrail it is told for what it calls alone.
 */
const SENT_WITH_SESSIONS: ReadonlySet<string> = new Set(
  [
    'appstream',
    'bedrock',
    'bedrock-agentcore',
    'codebuild',
    'comprehend',
    'datasync',
    'ecs-tasks',
    'elasticmapreduce',
    'forecast',
    'greengrass',
    'iot',
    'kendra',
    'logs',
    'personalize',
    'pipes',
    'rekognition',
    'resources.cloudformation',
    'rolesanywhere',
    'sagemaker',
    'scheduler',
    'ssm',
    'states',
    'transfer',
    'vpc-flow-logs',
  ].map((service) => `${service}.amazonaws.com`),
);

/** The keys that a service sends when it assumes a role; null where it is not known to send any. */
export const sourceKeysOfSessions = (service: string): readonly SourceKey[] | null =>
  SENT_WITH_SESSIONS.has(service) ? ['aws:SourceArn', 'aws:SourceAccount'] : null;
