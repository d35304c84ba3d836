import type { LocatedJson } from './located-json.ts';
import {
  isTrustPolicy,
  itemsOf,
  type LocatedText,
  membersOf,
  type StatementNode,
  textsOf,
  type Validation,
} from './statement-node.ts';

const KEYS: readonly string[] = ['AWS', 'CanonicalUser', 'Federated', 'Service'];

/** Checks whom a statement names, where its policy may name anybody. */
export const checkPrincipals = (statement: StatementNode, validation: Validation): void => {
  const { node, element, effect } = statement;
  const { policyType, report } = validation;
  const [principal, notPrincipal] = [element('Principal'), element('NotPrincipal')];
  const given = principal ?? notPrincipal;
  if (policyType === 'IDENTITY_POLICY') {
    if (given !== undefined) report('UNSUPPORTED_PRINCIPAL', [given], { policyType });
    return;
  }
  if (policyType !== 'RESOURCE_POLICY') return;
  if (given === undefined) {
    report('MISSING_PRINCIPAL', [node]);
    return;
  }
  if (notPrincipal !== undefined && effect === 'Allow') report('ALLOW_WITH_NOT_PRINCIPAL', [notPrincipal]);
  checkElement(given, validation);
  checkServices(statement, validation);
};

const checkElement = (principal: LocatedJson, validation: Validation): void => {
  const { report } = validation;
  if (principal.kind === 'text' && principal.text === '*') return;
  if (principal.kind !== 'object') {
    report('INVALID_PRINCIPAL_FORMAT', [principal]);
    return;
  }
  if (principal.members.length === 0) report('EMPTY_OBJECT_PRINCIPAL', [principal]);
  for (const { name, key, value } of principal.members) {
    if (!KEYS.includes(name)) {
      report('INVALID_PRINCIPAL_KEY', [key], { key: name });
      continue;
    }
    if (value.kind === 'list' && value.items.length === 0) report('EMPTY_ARRAY_PRINCIPAL', [value]);
    for (const item of itemsOf(value)) {
      if (item.kind === 'text') checkName(name, item, validation);
      else report('DATA_TYPE_MISMATCH', [item], { type: 'String' });
    }
  }
};

const checkName = (key: string, name: LocatedText, validation: Validation): void => {
  const { report } = validation;
  const { text } = name;
  if (key === 'Federated' && !isTrustPolicy(validation) && validation.resourceType !== null) {
    report('FEDERATED_PRINCIPAL_NOT_SUPPORTED', [name]);
  }
  if (/[*?]/.test(text) && text !== '*') report('UNSUPPORTED_WILDCARD_IN_PRINCIPAL', [name], { key });
  else if (text === '*' && key !== 'AWS') report('UNSUPPORTED_WILDCARD_IN_PRINCIPAL', [name], { key });
  if (key === 'AWS' && /^AROA[A-Z0-9]{12,}$/.test(text)) report('INVALID_ROLE_REFERENCE', [name], { id: text });
  if (key === 'AWS' && /^AIDA[A-Z0-9]{12,}$/.test(text)) report('INVALID_USER_REFERENCE', [name], { id: text });
  if (key === 'Service' && !/[*?]/.test(text) && !SERVICE_PRINCIPAL.test(text)) {
    report('INVALID_SERVICE_PRINCIPAL_FORMAT', [name], { format: 'service-name.amazonaws.com' });
  }
};

const SERVICE_PRINCIPAL =
  /^[a-z0-9.-]+\.(?:amazonaws\.com|amazonaws\.com\.cn|amazon\.com|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov|amazonaws\.eu)$/;

/** The keys that tell for whom a service asks. */
const SOURCE_KEYS = /^aws:source(?:arn|account|orgid|orgpaths|owner)$/;

/** A service that asks for somebody is to say for whom; those that assume a role as themselves are the role's own. */
const checkServices = ({ element, effect, conditions }: StatementNode, validation: Validation): void => {
  const services = membersOf(element('Principal')).filter(({ name }) => name === 'Service');
  const names = services.flatMap(({ value }) => textsOf(value));
  if (effect !== 'Allow' || names.length === 0 || isTrustPolicy(validation)) return;
  const assumes = textsOf(element('Action')).some(({ text }) => /^sts:/i.test(text));
  const isRestricted = conditions.some(({ key }) => SOURCE_KEYS.test(key.toLowerCase()));
  if (!assumes && !isRestricted) validation.report('RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL', names);
};
