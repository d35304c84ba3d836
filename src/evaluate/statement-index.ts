import type { CompiledStatement, RequestedAction } from '../policy/compile-policy.ts';
import { type Bitset, hasBit } from '../reference/bitset.ts';
import type { NamedPolicy } from './applicable-policies.ts';
import type { StatementReference } from './decision.ts';

/**
 * What a statement of a policy must have: identity-based policies, boundaries, session policies and SCPs name no
 * principal; RCPs and endpoint policies name one; so do resource-based policies, which need no `Resource`.
 */
export type StatementForm = 'identity' | 'cap' | 'resource';

/** A statement and where it stands. */
export interface PlacedStatement {
  readonly compiled: CompiledStatement;
  readonly reference: StatementReference;
  /** What is wrong with its form there; null: nothing. */
  readonly wrong: string | null;
}

/** Statements by what they do. */
export interface PlacedStatements {
  readonly allows: readonly PlacedStatement[];
  readonly denies: readonly PlacedStatement[];
}

/** The statements of policies that count together, made ready to be found by the action that they are about. */
export interface StatementIndex {
  /** Those that allow come first. */
  readonly statements: readonly PlacedStatement[];
  readonly allowCount: number;
  /** The actions of each statement: side by side, so that passing over a statement does not touch it. */
  readonly covers: readonly Bitset[];
}

/** Indexes the statements of policies that count together. */
export const indexStatements = (policies: readonly NamedPolicy[], form: StatementForm): StatementIndex => {
  const allows = policies.flatMap((policy) => placedStatements(policy, form).allows);
  const denies = policies.flatMap((policy) => placedStatements(policy, form).denies);
  const statements = [...allows, ...denies];
  const covers = statements.map(({ compiled }) => compiled.actions.covers());
  return { statements, allowCount: allows.length, covers };
};

/** The statements that are about an action. */
export const statementsAbout = (index: StatementIndex, action: RequestedAction): PlacedStatements => {
  const { statements, allowCount, covers } = index;
  const { position } = action;
  let found: { readonly allows: PlacedStatement[]; readonly denies: PlacedStatement[] } | undefined;
  for (let at = 0; at < covers.length; at++) {
    const actions = covers[at];
    if (position !== null && (actions === undefined || !hasBit(actions, position))) continue;
    const statement = statements[at];
    if (statement === undefined || (position === null && !statement.compiled.actions.matches(action))) continue;
    found ??= { allows: [], denies: [] };
    (at < allowCount ? found.allows : found.denies).push(statement);
  }
  return found ?? NOTHING;
};

const NOTHING: PlacedStatements = { allows: [], denies: [] };

const placed: Readonly<Record<StatementForm, WeakMap<NamedPolicy, PlacedStatements>>> = {
  identity: new WeakMap(),
  cap: new WeakMap(),
  resource: new WeakMap(),
};

/** The statements of a policy, once for all that have it. */
const placedStatements = (policy: NamedPolicy, form: StatementForm): PlacedStatements => {
  let statements = placed[form].get(policy);
  if (statements === undefined) {
    const place = (compiled: CompiledStatement): PlacedStatement => ({
      compiled,
      reference: { policy: policy.name, statement: compiled.statement.index },
      wrong: wrongForm(compiled, form),
    });
    statements = { allows: policy.policy.allows.map(place), denies: policy.policy.denies.map(place) };
    placed[form].set(policy, statements);
  }
  return statements;
};

/** What is wrong with the form of a statement, for the type of policy that it stands in; null: nothing. */
export const wrongForm = ({ statement }: CompiledStatement, form: StatementForm): string | null => {
  const { principal, resource, effect } = statement;
  if (form === 'identity') return principal !== null || resource === null ? WITH_PRINCIPAL : null;
  if (principal === null || (resource === null && form === 'cap')) return WITHOUT_PRINCIPAL;
  // Source: "AWS JSON policy elements: NotPrincipal", IAM User Guide.
  return principal.kind === 'notPrincipal' && effect === 'Allow' ? 'an Allow has a `NotPrincipal`' : null;
};

const WITH_PRINCIPAL = 'an identity-based policy has a statement with a principal or without a resource';
const WITHOUT_PRINCIPAL = 'a statement names no principal or no resource where its type of policy must';
