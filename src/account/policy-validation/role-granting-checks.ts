import { compileWildcard } from '../../iam/wildcard.ts';
import type { IssueCode } from './issues.ts';
import { type LocatedText, type StatementNode, textsOf, type Validation } from './statement-node.ts';

/** An action that is to be allowed for some roles only. */
interface RoleGranting {
  readonly action: string;
  /** A role that no policy means: a pattern that matches it means all. */
  readonly anyRole: (account: string) => string;
  /** The key that narrows it down to services. */
  readonly scopingKey: string;
  readonly codes: Readonly<Record<ActionForm, Readonly<Record<'star' | 'notResource', IssueCode>>>>;
}

/** How a statement comes to allow the action. */
type ActionForm = 'named' | 'star' | 'notAction';

const PASS_ROLE: RoleGranting = {
  action: 'iam:passrole',
  anyRole: (account) => `arn:aws:iam::${account}:role/\u0001`,
  scopingKey: 'iam:passedtoservice',
  codes: {
    named: { star: 'PASS_ROLE_WITH_STAR_IN_RESOURCE', notResource: 'PASS_ROLE_WITH_NOT_RESOURCE' },
    star: {
      star: 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
      notResource: 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
    },
    notAction: {
      star: 'PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
      notResource: 'PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE',
    },
  },
};

const CREATE_SERVICE_LINKED_ROLE: RoleGranting = {
  action: 'iam:createservicelinkedrole',
  anyRole: (account) => `arn:aws:iam::${account}:role/aws-service-role/\u0001/\u0001`,
  scopingKey: 'iam:awsservicename',
  codes: {
    named: { star: 'CREATE_SLR_WITH_STAR_IN_RESOURCE', notResource: 'CREATE_SLR_WITH_NOT_RESOURCE' },
    star: {
      star: 'CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE',
      notResource: 'CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
    },
    notAction: {
      star: 'CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
      notResource: 'CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE',
    },
  },
};

/** Checks whether a statement of an identity-based policy allows to pass, or to create, whatever roles. */
export const checkRoleGranting = (statement: StatementNode, validation: Validation): void => {
  if (validation.policyType !== 'IDENTITY_POLICY' || statement.effect !== 'Allow') return;
  for (const granting of [PASS_ROLE, CREATE_SERVICE_LINKED_ROLE]) checkOne(statement, granting, validation);
};

const checkOne = (statement: StatementNode, granting: RoleGranting, { report }: Validation): void => {
  const { element, conditions } = statement;
  if (conditions.some(({ key }) => key.toLowerCase() === granting.scopingKey)) return;
  const allowed = allowing(statement, granting.action);
  if (allowed === null) return;
  const { form, at } = allowed;
  const notResource = element('NotResource');
  if (notResource !== undefined) report(granting.codes[form].notResource, [...at, notResource]);
  const stars = textsOf(element('Resource')).filter(({ text }) => meansEveryRole(text, granting));
  if (stars.length > 0) report(granting.codes[form].star, [...at, ...stars]);
};

const allowing = (
  { element }: StatementNode,
  action: string,
): { readonly form: ActionForm; readonly at: readonly LocatedText[] } | null => {
  const matches = ({ text }: LocatedText): boolean => compileWildcard(text.toLowerCase())(action);
  const notActions = textsOf(element('NotAction'));
  if (element('NotAction') !== undefined)
    return notActions.some(matches) ? null : { form: 'notAction', at: notActions };
  const actions = textsOf(element('Action')).filter(matches);
  if (actions.length === 0) return null;
  const named = actions.filter(({ text }) => text.toLowerCase() === action);
  return named.length > 0 ? { form: 'named', at: named } : { form: 'star', at: actions };
};

/** Whether a pattern matches every role there can be, of an account at least. */
const meansEveryRole = (pattern: string, { anyRole }: RoleGranting): boolean => {
  const account = pattern.split(':')[4] ?? '';
  return compileWildcard(pattern)(anyRole(/^\d{12}$/.test(account) ? account : '\u0001'));
};
