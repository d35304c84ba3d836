import {
  isTrustPolicy,
  type LocatedText,
  memberOf,
  membersOf,
  type StatementNode,
  textsOf,
  type Validation,
} from './statement-node.ts';

const GITHUB = 'token.actions.githubusercontent.com';

/** Checks a statement of a role's trust policy, or of what looks like one. */
export const checkTrust = (statement: StatementNode, validation: Validation): void => {
  if (validation.policyType !== 'RESOURCE_POLICY') return;
  if (isTrustPolicy(validation)) checkForm(statement, validation);
  else if (validation.resourceType !== null) return;
  const federated = namesOf(statement, 'Federated');
  checkActions(statement, federated, validation);
  checkRolesAnywhere(statement, validation);
  if (statement.effect === 'Allow') checkClaims(statement, federated, validation);
};

const namesOf = ({ element }: StatementNode, key: string): readonly LocatedText[] => {
  const principal = element('Principal');
  return principal?.kind === 'object' ? textsOf(memberOf(principal, key)?.value) : [];
};

const checkForm = (statement: StatementNode, { report }: Validation): void => {
  const { element } = statement;
  const [principal, notPrincipal] = [element('Principal'), element('NotPrincipal')];
  if (notPrincipal !== undefined) report('ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL', [notPrincipal]);
  if (principal?.kind === 'text' && principal.text === '*') {
    report('ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL', [principal]);
  }
  for (const resource of [element('Resource'), element('NotResource')]) {
    if (resource !== undefined) report('ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE', [resource]);
  }
  for (const name of namesOf(statement, 'Federated')) {
    if (
      !/^arn:[^:]+:iam::\d{12}:(?:saml|oidc)-provider\/.+$|^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:\/.*)?$/.test(name.text)
    ) {
      report('INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY', [name]);
    }
  }
  checkSessions(namesOf(statement, 'AWS'), report);
};

/** A session of a role that is named itself. */
const checkSessions = (names: readonly LocatedText[], report: Validation['report']): void => {
  for (const session of names) {
    const [, account, roleName] = /^arn:[^:]+:(?:sts|iam)::(\d{12}):assumed-role\/([^/]+)\/./.exec(session.text) ?? [];
    const role = names.find(({ text }) => {
      const [, owner, path = ''] = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(text) ?? [];
      return owner === account && path.slice(path.lastIndexOf('/') + 1) === roleName && roleName !== undefined;
    });
    if (role === undefined) continue;
    report('REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY', [session], { session: session.text, role: role.text });
  }
};

const isSaml = ({ text }: LocatedText): boolean => text.includes(':saml-provider/');

/** Each way of assuming a role has its own principals. */
const checkActions = (statement: StatementNode, federated: readonly LocatedText[], { report }: Validation): void => {
  const others = [...namesOf(statement, 'AWS'), ...namesOf(statement, 'Service')];
  const misfits: Readonly<Record<string, readonly LocatedText[]>> = {
    'sts:assumerole': federated,
    'sts:assumerolewithsaml': [...others, ...federated.filter((name) => !isSaml(name))],
    'sts:assumerolewithwebidentity': [...others, ...federated.filter(isSaml)],
  };
  for (const action of textsOf(statement.element('Action'))) {
    const wrong = misfits[action.text.toLowerCase()] ?? [];
    if (wrong.length === 0) continue;
    const principals = wrong.map(({ text }) => text).join(', ');
    report('MISMATCHED_ACTION_FOR_PRINCIPAL', [action, ...wrong], { action: action.text, principals });
  }
};

const ROLES_ANYWHERE = ['sts:assumerole', 'sts:setsourceidentity', 'sts:tagsession'];

const checkRolesAnywhere = (statement: StatementNode, { report }: Validation): void => {
  const names = namesOf(statement, 'Service').filter(({ text }) => text === 'rolesanywhere.amazonaws.com');
  const actions = textsOf(statement.element('Action')).map(({ text }) => text.toLowerCase());
  const hasAll = ROLES_ANYWHERE.every(
    (each) => actions.includes(each) || actions.some((text) => /^(?:sts:)?\*$/.test(text)),
  );
  const [name] = names;
  if (statement.effect === 'Allow' && name !== undefined && !hasAll) {
    report('MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY', [statement.element('Action') ?? statement.node]);
  }
};

/** Who trusts an issuer of tokens is to say whose tokens. */
const checkClaims = (
  { node, element, conditions }: StatementNode,
  federated: readonly LocatedText[],
  { report }: Validation,
): void => {
  const subject = `${GITHUB}:sub`;
  for (const name of federated.filter((each) => !isSaml(each))) {
    const issuer = name.text.slice(name.text.indexOf(':oidc-provider/') + 1).replace(/^oidc-provider\//, '');
    const own = conditions.filter(({ key }) => key.toLowerCase().startsWith(`${issuer.toLowerCase()}:`));
    if (own.length === 0) report('MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL', [name]);
    else if (issuer === GITHUB && !own.some(({ key }) => key.toLowerCase() === subject)) {
      report('MISSING_GITHUB_REPO_CONDITION_KEY', [membersOf(element('Condition'))[0]?.value ?? node]);
    }
  }
  for (const { key, value } of conditions) {
    if (key.toLowerCase() !== subject) continue;
    const open = textsOf(value).filter(({ text }) => isOpenSubject(text));
    if (open.length > 0) report('SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED', open);
  }
};

/** Whether a wildcard stands for organizations, repositories or branches. */
const isOpenSubject = (text: string): boolean => /[*?]/.test(text);
