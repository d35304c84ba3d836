import { compileWildcard, type Matcher } from '../iam/wildcard.ts';
import type { ActionIndex } from '../reference/action-index.ts';
import { type Bitset, complement, hasBit } from '../reference/bitset.ts';
import { type CompiledCondition, compileCondition } from './compile-condition.ts';
import { type CompiledPrincipal, compilePrincipal } from './compile-principal.ts';
import type { Condition, PolicyDocument, Statement } from './policy-document.ts';
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
  /** Null where it has neither `Resource` nor `NotResource`. */
  readonly resource: ResourceMatcher | null;
  /** All must hold. */
  readonly conditions: readonly CompiledCondition[];
}

/** What the `Action` or `NotAction` of a statement matches. */
export interface ActionMatcher {
  matches(action: RequestedAction): boolean;
  /** The positions of the action index whose every action it matches. */
  covers(): Bitset;
}

/** The `Resource` or `NotResource` of a statement. */
export interface ResourceMatcher {
  readonly kind: 'resource' | 'notResource';
  readonly patterns: readonly ResourcePattern[];
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

/**
 * A compiler of policy documents that does its work once for each document object, and once for each set of actions, each
 * list of resources and each condition in all of them.
 */
export const createPolicyCompiler = (reference: ActionIndex): ((document: PolicyDocument) => CompiledPolicy) => {
  const compiled = new WeakMap<PolicyDocument, CompiledPolicy>();
  const actions = interned(({ kind, patterns }: Statement['action']) => compileActions(kind, patterns, reference));
  const resources = interned(
    ({ kind, patterns }: NonNullable<Statement['resource']>, version): ResourceMatcher => ({
      kind,
      patterns: patterns.map((pattern) => compileResourcePattern(pattern, version)),
    }),
  );
  const conditions = interned((some: readonly Condition[], version) =>
    some.map((condition) => compileCondition(condition, version)),
  );
  const compileStatement = (statement: Statement, version: Version): CompiledStatement => ({
    statement,
    principal: statement.principal === null ? null : compilePrincipal(statement.principal),
    actions: actions(statement.action, version),
    resource: statement.resource && resources(statement.resource, version),
    conditions: conditions(statement.conditions, version),
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

type Version = PolicyDocument['version'];

/** Compiles parts of statements, each once for all parts that read the same. */
const interned = <Part, Compiled>(compile: (part: Part, version: Version) => Compiled) => {
  const known = new Map<string, Compiled>();
  return (part: Part, version: Version): Compiled => {
    const key = JSON.stringify([version, part]);
    let compiled = known.get(key);
    if (compiled === undefined) {
      compiled = compile(part, version);
      known.set(key, compiled);
    }
    return compiled;
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
