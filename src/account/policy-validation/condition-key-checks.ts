import { conditionKeyTypes } from '../../reference/condition-key-types.ts';
import { isService } from './action-checks.ts';
import { isGlobalKey, typeOfKey } from './global-key-types.ts';
import { type ConditionNode, type StatementNode, textsOf, type Validation } from './statement-node.ts';

/** Checks the key of a condition. */
export const checkConditionKey = (condition: ConditionNode, statement: StatementNode, validation: Validation): void => {
  checkName(condition, validation);
  checkUse(condition, statement, validation);
  checkActionsOfKey(condition, statement, validation);
};

const checkName = ({ key, keyAt }: ConditionNode, { reference, report }: Validation): void => {
  const service = key.slice(0, Math.max(key.indexOf(':'), 0));
  const name = key.toLowerCase();
  if (service === '' || key.endsWith(':')) report('INVALID_CONDITION_KEY_FORMAT', [keyAt]);
  else if (name === 'aws:arn') report('DEPRECATED_GLOBAL_CONDITION_KEY', [keyAt]);
  else if (
    /^[a-z0-9-]+:(?:resourcetag|requesttag|principaltag|buckettag|existingobjecttag)\/?$/.test(name) &&
    isTagKey(name)
  ) {
    report('MISSING_TAG_KEY_IN_CONDITION', [keyAt], { key: key.replace(/\/?$/, '/') });
  } else if (name.startsWith('aws:')) {
    if (!isGlobalKey(name) && typeOfKey(name) === null) report('INVALID_GLOBAL_CONDITION_KEY', [keyAt], { key });
  } else if (!isFederatedKey(service) && typeOfKey(name) === null) {
    // Some prefixes of keys are no service's: `saml:aud`.
    if (!isService(service, reference) && !conditionKeyTypes().hasService(service)) {
      report('INVALID_SERVICE', [keyAt], { service });
    } else report('INVALID_SERVICE_CONDITION_KEY', [keyAt], { key, service });
  }
};

/** Whether a key is there with a tag's key behind it. */
const isTagKey = (name: string): boolean => typeOfKey(name.replace(/\/?$/, '/x')) !== null;

/** The claims of identity providers stand under the provider's own name. */
const isFederatedKey = (service: string): boolean => /\./.test(service) || /^saml$/i.test(service);

const NEGATED = /^(?:For(?:All|Any)Values?:)?StringNot/;

/** Keys that do not do what they seem to. */
const checkUse = (condition: ConditionNode, { effect, conditions }: StatementNode, validation: Validation): void => {
  const { key, keyAt, operator } = condition;
  const { resourceType, report } = validation;
  const has = (name: string): boolean => conditions.some((each) => each.key.toLowerCase() === name);
  switch (key.toLowerCase()) {
    case 'aws:referer':
    case 'aws:useragent':
      report('UNTRUSTWORTHY_CONDITION_KEY', [keyAt], { key });
      break;
    case 'aws:vpcsourceip': {
      const recommended = ['aws:SourceVpc', 'aws:SourceVpce'];
      if (recommended.some((each) => has(each.toLowerCase()))) break;
      report('MISSING_PAIRED_CONDITION_KEYS', [keyAt], { key, recommended: recommended.join(', ') });
      break;
    }
    case 'dynamodb:attributes':
      if (effect === 'Allow' && !has('dynamodb:select')) report('DYNAMODB_ATTRIBUTES_WITHOUT_SELECT', [keyAt]);
      break;
    case 's3:prefix':
      if (/^(?:For.*:)?String/.test(operator) && (effect === 'Deny') !== NEGATED.test(operator)) {
        report('S3_PREFIX_IN_NEGATIVE_CONTEXT', [keyAt]);
      }
      break;
    case 's3:resourceaccount':
      if (resourceType === 'AWS::S3::Bucket' || resourceType === 'AWS::S3::AccessPoint') {
        const name = resourceType === 'AWS::S3::Bucket' ? 'S3 Bucket' : 'S3 Access Point';
        report('IRRELEVANT_CONDITION_KEY_IN_POLICY', [keyAt], { key, resourceType: name });
      }
      break;
    default:
      if (/^[^/]*\.[^:]*:aud$/.test(key.toLowerCase()) && operator.startsWith('ForAnyValue:')) {
        report('FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE', [keyAt], { key });
      }
  }
};

/** Actions that go with assuming a role and do not have what the identity provider's token says. */
const WITHOUT_CLAIMS = /^sts:(?:tagsession|setsourceidentity)$/i;

/** A service's own key counts for those of its actions that know it; those of other services never have it. */
const checkActionsOfKey = (condition: ConditionNode, { element }: StatementNode, validation: Validation): void => {
  const { key, value } = condition;
  const service = key.slice(0, Math.max(key.indexOf(':'), 0)).toLowerCase();
  const isClaim = service.includes('.');
  if (!isClaim && (isGlobalKey(key) || typeOfKey(key) === null || /:.*[/:]/.test(key))) return;
  const unsupported = textsOf(element('Action')).filter(({ text }) => {
    if (isClaim) return WITHOUT_CLAIMS.test(text);
    if (/[*?]/.test(text) || !text.toLowerCase().startsWith(`${service}:`)) return false;
    const description = validation.reference.describeAction(text);
    if (description === null) return false;
    const keys = [...description.conditionKeys, ...description.resourceTypes.flatMap((type) => type.conditionKeys)];
    return !keys.some((each) => each.toLowerCase() === key.toLowerCase());
  });
  if (unsupported.length === 0) return;
  const actions = unsupported.map(({ text }) => text).join(', ');
  validation.report('UNSUPPORTED_ACTION_FOR_CONDITION_KEY', [...unsupported, value], { actions, key });
};
