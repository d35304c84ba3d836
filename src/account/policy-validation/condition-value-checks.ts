import type { ConditionOperator } from '../../policy/condition-operators.ts';
import { isPrivateBlock, isValueFor, maskedBlock } from '../../policy/condition-values.ts';
import type { LocatedJson } from './located-json.ts';
import { type ConditionNode, type LocatedText, textsOf, type Validation } from './statement-node.ts';

/** Checks the values of a condition; its operator is null where AWS has no such. */
export const checkConditionValues = (
  condition: ConditionNode,
  operator: ConditionOperator | null,
  validation: Validation,
): void => {
  const { value, values } = condition;
  const { report } = validation;
  for (const item of values) {
    if (item.kind === 'object' || item.kind === 'list' || item.kind === 'null') {
      report('DATA_TYPE_MISMATCH', [item], { type: 'String' });
    }
  }
  if (new Set(values.map(({ kind }) => kind)).size > 1) report('INVALID_CONDITION_DATA_TYPE', [value]);
  if (operator === null) return;
  if (values.length === 0 && value.kind === 'list') checkEmpty(condition, operator, validation);
  for (const item of values) checkValue(item, condition, operator, validation);
  checkForm(condition, validation);
  if (operator.base.endsWith('IpAddress')) checkAddresses(condition, operator, validation);
  if (/^Numeric(?:Less|Greater)/.test(operator.base) && values.length > 1) {
    const which = operator.base.startsWith('NumericLess') ? 'greatest' : 'least';
    report('REDUNDANT_CONDITION_VALUE_NUM', [value], { operator: condition.operator, which, key: condition.key });
  }
  if (operator.base === 'Bool' && values.length > 1) report('INVALID_CONDITION_MULTIPLE_BOOLEAN', [value]);
};

const checkEmpty = (
  { key, value }: ConditionNode,
  { set, ifExists }: ConditionOperator,
  { report }: Validation,
): void => {
  if (set === 'ForAllValues') report('EMPTY_ARRAY_CONDITION_FORALLVALUES', [value], { key });
  else if (set === 'ForAnyValue') report('EMPTY_ARRAY_CONDITION_FORANYVALUE', [value], { key });
  else report(ifExists ? 'EMPTY_ARRAY_CONDITION_IFEXISTS' : 'EMPTY_ARRAY_CONDITION', [value], { key });
};

const checkValue = (
  item: LocatedJson,
  { operator }: ConditionNode,
  { base }: ConditionOperator,
  { report }: Validation,
): void => {
  if (!('text' in item) || item.text.includes('${')) return;
  const { text } = item;
  if (!isValueFor(base, text)) {
    if (base.startsWith('Numeric')) report('TYPE_MISMATCH_NUMBER', [item], { operator });
    else if (base.startsWith('Date')) report('TYPE_MISMATCH_DATE', [item]);
    else if (base.endsWith('IpAddress')) report('TYPE_MISMATCH_IP_RANGE', [item], { operator });
    else if (base === 'BinaryEquals') report('TYPE_MISMATCH_STRING', [item], { operator });
    else report('TYPE_MISMATCH_BOOLEAN', [item], { operator });
  } else if (base.startsWith('Date') && /^\d+(?:\.\d+)?$/.test(text)) {
    report('INVALID_DATE_VALUE', [item], { date: text });
  }
  // ARN operators know wildcards with and without `Like`.
  if (base.startsWith('String') && !base.endsWith('Like') && /[*?]/.test(text)) {
    report('WILDCARD_WITHOUT_LIKE_OPERATOR', [item]);
  }
};

const KMS_KEY = /^arn:[^:]+:kms:[^:]*:[^:]*:(?:key|alias)\/.+$|^[*?]+$/;

/** The keys whose values have a form of their own. */
const FORMS: Readonly<Record<string, (text: LocatedText, key: string, report: Validation['report']) => void>> = {
  'aws:requestedregion': (text, _, report) => {
    const { text: region } = text;
    if (!/^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/.test(region)) report('INVALID_REGION', [text], { region });
  },
  'aws:sourcevpc': (text, _, report) => {
    if (!/^vpc-(?:[0-9a-zA-Z]{8}|[0-9a-zA-Z]{17})$/.test(text.text)) report('INVALID_VPC_FORMAT', [text]);
  },
  'aws:sourcevpce': (text, _, report) => {
    if (!/^vpce-(?:[0-9a-zA-Z]{8}|[0-9a-zA-Z]{17})$/.test(text.text)) report('INVALID_VPCE_FORMAT', [text]);
  },
  's3:x-amz-server-side-encryption-aws-kms-key-id': (text, key, report) => {
    if (!KMS_KEY.test(text.text)) report('INVALID_KMS_KEY_VALUE', [text], { key });
  },
  'kms:viaservice': (text, _, report) => {
    if (!/^[a-z0-9-]+\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(text.text)) {
      report('INVALID_SERVICE_PRINCIPAL_FORMAT', [text], { format: 'service-name.AWS_region.amazonaws.com' });
    }
  },
};

const checkForm = ({ key, value, operator }: ConditionNode, { report }: Validation): void => {
  const name = key.toLowerCase();
  if (!Object.hasOwn(FORMS, name) || !/^(?:For.*:)?(?:String|Arn)/.test(operator)) return;
  for (const text of textsOf(value)) if (!/[*?]|\$\{/.test(text.text)) FORMS[name]?.(text, key, report);
};

const checkAddresses = ({ key, value }: ConditionNode, { base }: ConditionOperator, { report }: Validation): void => {
  const blocks = textsOf(value).filter(({ text }) => isValueFor(base, text));
  for (const block of blocks) {
    const address = maskedBlock(block.text);
    if (address !== null && address !== block.text) report('IMPROVE_IP_RANGE', [block], { address });
  }
  const own = blocks.filter(({ text }) => isPrivateBlock(text));
  if (key.toLowerCase() !== 'aws:sourceip' || own.length === 0) return;
  const isNegated = base === 'NotIpAddress';
  if (own.length === blocks.length) report(isNegated ? 'PRIVATE_NOT_IP_ADDRESS' : 'PRIVATE_IP_ADDRESS', [value]);
  else report(isNegated ? 'PRIVATE_NOT_IP_ADDRESS_SUBSET' : 'PRIVATE_IP_ADDRESS_SUBSET', own);
};
