import { type StatementNode, textsOf, type Validation } from './statement-node.ts';

/** What the policy of a type of resource may speak of. */
interface ResourceTypeRules {
  /** As Access Analyzer calls it. */
  readonly name: string;
  readonly actions: RegExp;
  readonly resources: RegExp;
}

/** Source: `ValidatePolicyResourceType`, IAM Access Analyzer API Reference. */
const RULES: Readonly<Record<string, ResourceTypeRules>> = {
  'AWS::DynamoDB::Table': {
    name: 'DynamoDB Table',
    actions: /^(?:\*|dynamodb:)/i,
    resources: /^(?:\*$|arn:[^:]+:dynamodb:)/,
  },
  'AWS::IAM::AssumeRolePolicyDocument': { name: 'IAM Role Trust', actions: /^sts:/i, resources: /./ },
  'AWS::S3::AccessPoint': { name: 'S3 Access Point', actions: /^(?:\*|s3:)/i, resources: /^arn:[^:]+:s3:/ },
  'AWS::S3::Bucket': { name: 'S3 Bucket', actions: /^(?:\*|s3:)/i, resources: /^arn:[^:]+:s3:/ },
  'AWS::S3::MultiRegionAccessPoint': {
    name: 'S3 Multi-Region Access Point',
    actions: /^(?:\*|s3:)/i,
    resources: /^arn:[^:]+:s3:/,
  },
  'AWS::S3ObjectLambda::AccessPoint': {
    name: 'S3 Object Lambda Access Point',
    actions: /^(?:\*|s3(?:-object-lambda)?:)/i,
    resources: /^arn:[^:]+:s3-object-lambda:/,
  },
};

/** Checks that a statement speaks of what its policy hangs on. */
export const checkResourceType = ({ element }: StatementNode, { resourceType, report }: Validation): void => {
  const rules = resourceType !== null && Object.hasOwn(RULES, resourceType) ? RULES[resourceType] : undefined;
  if (rules === undefined) return;
  for (const action of [...textsOf(element('Action')), ...textsOf(element('NotAction'))]) {
    if (rules.actions.test(action.text)) continue;
    report('UNSUPPORTED_ACTION_IN_POLICY', [action], { action: action.text, resourceType: rules.name });
  }
  for (const resource of [...textsOf(element('Resource')), ...textsOf(element('NotResource'))]) {
    if (rules.resources.test(resource.text)) continue;
    report('UNSUPPORTED_RESOURCE_ARN_IN_POLICY', [resource], { resourceType: rules.name });
  }
};
