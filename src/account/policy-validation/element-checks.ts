import type { LocatedJson } from './located-json.ts';
import { isTrustPolicy, itemsOf, memberOf, type StatementNode, type Validation } from './statement-node.ts';

const ELEMENTS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Checks which elements a statement has, and that they are of the right type. */
export const checkElements = (statement: StatementNode, validation: Validation): void => {
  const { node, element } = statement;
  const { report } = validation;
  for (const { name, key } of node.members) {
    if (!ELEMENTS.includes(name)) report('INVALID_POLICY_ELEMENT', [key], { element: name });
  }
  checkSid(element('Sid'), validation);
  checkEffect(statement, validation);
  checkPair(statement, 'Action', validation);
  checkPair(statement, 'Resource', validation);
  checkPair(statement, 'Principal', validation);
  if (element('Action') === undefined && element('NotAction') === undefined) report('MISSING_ACTION', [node]);
  const hasResource = element('Resource') !== undefined || element('NotResource') !== undefined;
  if (!hasResource && !isTrustPolicy(validation) && !mayBeTrustPolicy(statement, validation)) {
    report('MISSING_RESOURCE', [node]);
  }
  const condition = element('Condition');
  if (condition !== undefined && condition.kind !== 'object') {
    report('DATA_TYPE_MISMATCH', [condition], { type: 'Object' });
  } else if (condition?.members.length === 0) report('EMPTY_OBJECT_CONDITION', [condition]);
};

/** Of a policy that may hang on anything, nobody knows whether it needs a resource: a role's has none. */
const mayBeTrustPolicy = ({ element }: StatementNode, { policyType, resourceType }: Validation): boolean =>
  policyType === 'RESOURCE_POLICY' &&
  resourceType === null &&
  itemsOf(element('Action')).every((item) => item.kind === 'text' && /^sts:/i.test(item.text));

const checkSid = (sid: LocatedJson | undefined, { policyType, report }: Validation): void => {
  if (sid === undefined) return;
  if (sid.kind !== 'text') report('DATA_TYPE_MISMATCH', [sid], { type: 'String' });
  else if (sid.text === '') report('EMPTY_SID_VALUE', [sid]);
  // Other services' policies have their own rules.
  else if (policyType === 'IDENTITY_POLICY' && !/^[A-Za-z0-9]+$/.test(sid.text)) report('UNSUPPORTED_SID', [sid]);
};

const checkEffect = ({ node, element, effect }: StatementNode, { report }: Validation): void => {
  const value = element('Effect');
  if (value === undefined) report('MISSING_EFFECT', [node]);
  else if (value.kind !== 'text') report('DATA_TYPE_MISMATCH', [value], { type: 'String' });
  else if (effect === null) report('INVALID_EFFECT', [value], { effect: value.text });
};

/** Checks an element and its `Not…`. */
const checkPair = (
  { node }: StatementNode,
  name: 'Action' | 'Resource' | 'Principal',
  validation: Validation,
): void => {
  const { report } = validation;
  const [one, other] = [memberOf(node, name), memberOf(node, `Not${name}`)];
  if (one !== undefined && other !== undefined) {
    report('UNSUPPORTED_ELEMENT_COMBINATION', [one.key, other.key], { one: name, other: `Not${name}` });
  }
  if (name === 'Principal') return;
  for (const member of [one, other]) {
    for (const item of itemsOf(member?.value)) {
      if (item.kind !== 'text') report('DATA_TYPE_MISMATCH', [item], { type: 'String' });
    }
    const isEmpty = member?.value.kind === 'list' && member.value.items.length === 0;
    if (isEmpty) report(name === 'Action' ? 'EMPTY_ARRAY_ACTION' : 'EMPTY_ARRAY_RESOURCE', [member.value]);
  }
};
