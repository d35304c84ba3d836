import { compileWildcard, type Matcher } from '../iam/wildcard.ts';
import type { ActionIndex } from '../reference/action-index.ts';
import { type Bitset, complement, hasBit } from '../reference/bitset.ts';
import { type CompiledCondition, compileCondition } from './compile-condition.ts';
import { type CompiledPrincipal, compilePrincipal } from './compile-principal.ts';
import type { PolicyDocument, Statement } from './policy-document.ts';
import { compileResourcePattern, type ResourcePattern } from './resource-pattern.ts';

/** A policy document made ready for many decisions. */
export interface CompiledPolicy {
  readonly document: PolicyDocument;
  readonly allows: readonly CompiledStatement[];
  readonly denies: readonly CompiledStatement[];
}

/** A statement made ready for many decisions. */
export interface CompiledStatement {
  readonly statement: Statement;
  /** Null in identity-based policies. */
  readonly principal: CompiledPrincipal | null;
  readonly actions: ActionMatcher;
  /** The patterns of `Resource` or `NotResource`. */
  readonly resources: readonly ResourcePattern[];
  /** All must hold. */
  readonly conditions: readonly CompiledCondition[];
}

/** What the `Action` or `NotAction` of a statement matches. */
export interface ActionMatcher {
  matches(action: RequestedAction): boolean;
  /** The positions of the action index whose every action it matches. */
  covers(): Bitset;
}

/** An action as requested. */
export interface RequestedAction {
  /** In lower case. */
  readonly name: string;
  /** Its position in the action index; null where the service reference does not know it. */
  readonly position: number | null;
}

/** An action as a request names it, in whatever case. */
export const requestedAction = (reference: ActionIndex, action: string): RequestedAction => ({
  name: action.toLowerCase(),
  position: reference.positionOf(action),
});

/** A compiler of policy documents that does its work once for each document object, and once for each set of actions. */
export const createPolicyCompiler = (reference: ActionIndex): ((document: PolicyDocument) => CompiledPolicy) => {
  const compiled = new WeakMap<PolicyDocument, CompiledPolicy>();
  const actionMatchers = new Map<string, ActionMatcher>();
  const actionsOf = ({ kind, patterns }: Statement['action']): ActionMatcher => {
    const key = JSON.stringify([kind, patterns]);
    let matcher = actionMatchers.get(key);
    if (matcher === undefined) {
      matcher = compileActions(kind, patterns, reference);
      actionMatchers.set(key, matcher);
    }
    return matcher;
  };
  const compileStatement = (statement: Statement, version: PolicyDocument['version']): CompiledStatement => ({
    statement,
    principal: statement.principal === null ? null : compilePrincipal(statement.principal),
    actions: actionsOf(statement.action),
    resources: (statement.resource?.patterns ?? []).map((pattern) => compileResourcePattern(pattern, version)),
    conditions: statement.conditions.map((condition) => compileCondition(condition, version)),
  });
  return (document) => {
    let policy = compiled.get(document);
    if (policy === undefined) {
      const statements = document.statements.map((statement) => compileStatement(statement, document.version));
      policy = {
        document,
        allows: statements.filter(({ statement }) => statement.effect === 'Allow'),
        denies: statements.filter(({ statement }) => statement.effect === 'Deny'),
      };
      compiled.set(document, policy);
    }
    return policy;
  };
};

const compileActions = (
  kind: Statement['action']['kind'],
  patterns: readonly string[],
  reference: ActionIndex,
): ActionMatcher => {
  const listed = kind === 'action';
  let positions: Bitset | undefined;
  let unknown: readonly Matcher[] | undefined;
  const covers = (): Bitset => {
    // Of the known actions a `NotAction` covers those that no pattern touches, which are those that none matches.
    positions ??= listed
      ? reference.matchActions(patterns)
      : complement(reference.touchActions(patterns), reference.positionCount);
    return positions;
  };
  return {
    covers,
    matches: ({ name, position }) => {
      if (position !== null) return hasBit(covers(), position);
      unknown ??= patterns.map((pattern) => compileWildcard(pattern.toLowerCase()));
      return unknown.some((matches) => matches(name)) === listed;
    },
  };
};
