import { needsNoPermission } from '../evaluate/decide.ts';
import type { Doubt } from '../evaluate/decision.ts';
import { allOf, anyOf, FALSE, type Formula, TRUE } from '../evaluate/formula.ts';
import type { RequestContext } from '../evaluate/request-context.ts';
import { needsResourcePolicy } from '../evaluate/resource-side.ts';
import { simplifyFormula } from '../evaluate/simplify-formula.ts';
import type { Arn } from '../iam/arn.ts';
import { type CompiledStatement, type RequestedAction, requestedAction } from '../policy/compile-policy.ts';
import type { ActionIndex } from '../reference/action-index.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { AccountAccess, Principal } from './account-access.ts';
import { areDisjoint, covers } from './permissions/area-relations.ts';
import { doubtsAbout } from './permissions/list-permissions.ts';
import type { Terms } from './permissions/permission-terms.ts';
import {
  type Asker,
  carrierArea,
  type PolicyCarrier,
  type ReadPolicies,
  readCarrier,
  readPolicies,
} from './permissions/read-clauses.ts';
import { type Area, type AreaPattern, plainPattern } from './permissions/resource-area.ts';
import { type Asking, termsOfAction, termsOnCarrier } from './permissions/said-of-action.ts';

/**
 * Whether an action is granted on the resources that a pattern matches. Sound: what is told of every or of no resource is
 * so, and of some it is told on which terms. Of resources whose own policy is not known, the principal's side alone counts.
 */
export interface PatternAnswer {
  /** `some`: on those that the terms name, if there are any. */
  readonly extent: 'every' | 'some' | 'none';
  /** Of `every`: under which condition. */
  readonly condition: Formula;
  /** Where the action is granted; for resources with a policy of their own, one by one. */
  readonly granted: readonly PatternTerms[];
  /** What could not be read: more may be granted than is told, or less. */
  readonly doubts: readonly Doubt[];
}

/** Terms of a grant. */
export interface PatternTerms {
  /** The resource whose policy counts too; null: resources that carry none. */
  readonly carrier: Arn | null;
  readonly terms: Terms;
}

/** A question about the resources that a pattern matches. */
export interface PatternQuestion {
  readonly action: string;
  /** An ARN with wildcards. */
  readonly pattern: string;
  /** What is known of the requests. */
  readonly context: RequestContext;
}

/** An account that is asked. */
export interface AskedAccount {
  readonly snapshot: Pick<AccountSnapshot, 'accountId'>;
  readonly access: Pick<AccountAccess, 'asker' | 'carriers'>;
  readonly reference: ActionIndex;
}

/** Answers a question about a principal and a pattern of resources. */
export const askPattern = (principal: Principal, account: AskedAccount, question: PatternQuestion): PatternAnswer =>
  answerPattern(readAsker(principal, account, question.context), account, prepareQuestion(question, account));

/** A question made ready to be asked of any number of principals. */
export interface PreparedQuestion {
  readonly requested: RequestedAction;
  readonly pattern: string;
  /** What the pattern matches. */
  readonly area: Area;
}

/** Makes a question ready to be asked. */
export const prepareQuestion = (
  { action, pattern }: Pick<PatternQuestion, 'action' | 'pattern'>,
  { reference }: AskedAccount,
): PreparedQuestion => ({ requested: requestedAction(reference, action), pattern, area: areaOfPattern(pattern) });

/** A principal, and what its policies say in a context. */
export interface ReadAsker {
  readonly asker: Asker;
  readonly policies: readonly ReadPolicies[];
}

/** Reads the policies of a principal, for any number of questions. */
export const readAsker = (principal: Principal, { access }: AskedAccount, context: RequestContext): ReadAsker => {
  const asker = access.asker(principal, context);
  return { asker, policies: readPolicies(asker) };
};

/** Answers a question about a principal whose policies are read. */
export const answerPattern = (
  { asker, policies }: ReadAsker,
  { snapshot, access }: Pick<AskedAccount, 'snapshot' | 'access'>,
  { requested, pattern, area }: PreparedQuestion,
): PatternAnswer => {
  if (needsNoPermission(requested)) return { extent: 'every', condition: TRUE, granted: [], doubts: [] };
  const isAbout = ({ actions }: CompiledStatement): boolean => actions.matches(requested);
  const asking: Asking = {
    action: requested.name,
    isAbout,
    root: asker.caller.kind === 'root',
    areas: [area],
    owner: ownerOf(pattern, snapshot),
  };
  const carriers = access
    .carriers()
    .filter((carrier) => isAsked(carrier, requested) && !areDisjoint(carrierArea(carrier), area));
  const parts: Part[] = carriers.map((carrier) => ({
    carrier: carrier.arn,
    areas: [area, carrierArea(carrier)],
    terms: termsOnCarrier(policies, readCarrier(carrier, asker, isAbout), asking),
  }));
  const isInside = parts.some(({ areas }) => areas.every((each) => covers(each, area)));
  if (!isInside && !isAboutOwnRoles(requested, pattern, snapshot))
    parts.push({ carrier: null, areas: [area], terms: termsOfAction(policies, asking) });
  return { ...extentOf(parts), granted: parts.flatMap(toGranted), doubts: doubtsAbout(asker, carriers, requested) };
};

/** Resources that are in all of the areas, and on which terms the action is granted on them. */
interface Part {
  readonly carrier: Arn | null;
  readonly areas: readonly Area[];
  readonly terms: readonly Terms[];
}

const toGranted = ({ carrier, terms }: Part): readonly PatternTerms[] =>
  terms.map((each) => ({ carrier, terms: each }));

/** The resources that a pattern, an ARN with wildcards or `*`, matches. */
const areaOfPattern = (pattern: string): Area => ({
  kind: 'resource',
  patterns: [plainPattern(pattern)].filter((each) => each !== null),
});

/** Of a role's trust policy only calls of STS ask. */
const isAsked = ({ isRole }: PolicyCarrier, { name }: RequestedAction): boolean => !isRole || name.startsWith('sts:');

/** Whose the resources are that a pattern matches; an ARN without an account is taken to be of this one. */
const ownerOf = (pattern: string, { accountId }: AskedAccount['snapshot']): Asking['owner'] => {
  const [, leading = '*', account = ''] = /^((?:[^:]*:){4})([^:]*):/.exec(pattern) ?? [];
  if (/[*?]/.test(leading + account)) return 'anybody';
  return account === '' || account === accountId ? 'account' : 'others';
};

/** Whether a question is about assuming roles of the account, each of which has a trust policy that must agree. */
const isAboutOwnRoles = (action: RequestedAction, pattern: string, snapshot: AskedAccount['snapshot']): boolean =>
  action.name.startsWith('sts:') &&
  needsResourcePolicy({ action, resource: pattern }) &&
  pattern.split(':')[4] === snapshot.accountId;

const extentOf = (parts: readonly Part[]): Pick<PatternAnswer, 'extent' | 'condition'> => {
  if (parts.every(({ terms }) => terms.length === 0)) return { extent: 'none', condition: FALSE };
  const condition = simplifyFormula(allOf(parts.map(onEvery)));
  return { extent: condition.kind === 'false' ? 'some' : 'every', condition };
};

/** When an action is granted on every resource of a part; never, where that is not seen. */
const onEvery = ({ areas, terms }: Part): Formula => {
  const plain = terms.filter(({ within, except }) => except.length + within.filter(isLimit).length === 0);
  const onPattern = (pattern: AreaPattern): Formula => {
    const area: Area = { kind: 'resource', patterns: [pattern] };
    if (areas.some((other) => areDisjoint(other, area))) return TRUE;
    return anyOf(plain.filter((each) => covers(each.area, area)).map(({ condition }) => condition));
  };
  return anyOf(areas.map(({ patterns }) => allOf(patterns.map(onPattern))));
};

/** Whether something limits a grant beside the question. */
const isLimit = ({ limit }: Terms['within'][number]): boolean => limit !== 'question';
