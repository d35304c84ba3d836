import type { AccessRequest } from './applicable-policies.ts';

/**
 * The services whose resources RCPs are about, by the prefix of their actions, as of 2026-09-26.
 * Source: "Resource control policies (RCPs)", section "List of AWS services that support RCPs", Organizations User Guide.
 */
export const rcpServices: ReadonlySet<string> = new Set(
  `aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch cloudtrail-data
  codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend comprehendmedical
  compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis fms gamelift health
  inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications opensearch pca-connector-ad personalize
  polly pricing resource-groups rolesanywhere s3 secretsmanager servicediscovery signin sqs sts support swf textract
  timestream-influxdb transcribe transfer translate wafv2 workspaces xray`.split(/\s+/),
);

/**
 * Whether RCPs are about a request: one without a resource has no owner whose RCPs could apply, and the trust policies of
 * service-linked roles stay as they are.
 * Source: the same page, section "Resources and entities not restricted by RCPs".
 */
export const rcpsCover = ({ action, resource }: Pick<AccessRequest, 'action' | 'resource'>): boolean =>
  resource !== '*' &&
  !/^arn:[^:]+:iam::\d*:role\/aws-service-role\//.test(resource) &&
  action.name !== 'kms:retiregrant' &&
  rcpServices.has(action.name.slice(0, action.name.indexOf(':')));
