import type { JsonObject } from '../../kernel/json.ts';
import { type CompiledStatement, createPolicyCompiler } from '../../policy/compile-policy.ts';
import { parseConditionOperator } from '../../policy/condition-operators.ts';
import type { PolicyDocument, Statement } from '../../policy/policy-document.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../check-tools.ts';
import type { Judgement } from '../define-check.ts';
import { ownPolicies } from '../facts/own-policies.ts';
import { type IdleConditions, idleConditions } from './idle-conditions.ts';
import { type IdlePattern, idlePattern } from './idle-patterns.ts';

/** A statement that says nothing, or less than is written. */
export interface IdleStatement {
  readonly [fact: string]: string | number | boolean | null | readonly string[];
  /** Position in the document, from 0. */
  readonly statement: number;
  readonly sid: string | null;
  /** Whether the statement applies to no request at all. */
  readonly whole: boolean;
  readonly cause: IdlePattern['cause'] | IdleConditions['cause'] | 'unknown-operator';
  /** What is void of it: action patterns, condition keys or operators. */
  readonly texts: readonly string[];
  /** The names that were probably meant. */
  readonly meant: readonly string[];
}

/** The facts about a policy's idle statements. */
export interface IdleFacts {
  readonly [fact: string]: string | boolean | readonly JsonObject[];
  readonly idle: readonly IdleStatement[];
  readonly anyWhole: boolean;
  /** The day of the service reference that knows no such name. */
  readonly referenceDate: string;
}

/**
 * Judges for each policy of the account whether statements of an effect apply to no request, wholly or in some of their
 * actions. Names that AWS managed policies use exist, whether the reference has them or not.
 */
export function* judgeIdleStatements(
  snapshot: AccountSnapshot,
  { reference, now }: Pick<CheckTools, 'reference' | 'now'>,
  effect: Statement['effect'],
): Iterable<Judgement<IdleFacts>> {
  const compile = createPolicyCompiler(reference);
  const written = patternsOfAws(snapshot);
  const known = new Map<string, readonly IdleStatement[]>();
  for (const { subject, document, gap } of ownPolicies(snapshot)) {
    const broken = unknownOperators(document, effect);
    if (gap !== null && broken.length === 0) {
      yield { subject, outcome: 'unknown', gap };
      continue;
    }
    const { allows, denies } = compile(document);
    const idle = known.get(document.hash) ?? [
      ...broken,
      ...(effect === 'Allow' ? allows : denies).flatMap((each) =>
        idleParts(each, document, { reference, now, written }),
      ),
    ];
    known.set(document.hash, idle);
    const evidence = { idle, anyWhole: idle.some(({ whole }) => whole), referenceDate: reference.dataDate };
    yield { subject, outcome: idle.length > 0 ? 'fail' : 'pass', evidence };
  }
}

/** The statements that AWS would not take, nor the policy: it is a draft, or a mirror of one, that somebody relies on. */
const unknownOperators = ({ problems }: PolicyDocument, effect: Statement['effect']): readonly IdleStatement[] =>
  problems.flatMap(({ pointer, skippedEffect }) => {
    const [, at = '0', operator = ''] = /^\/Statement(?:\/(\d+))?\/Condition\/([^/]+)$/.exec(pointer) ?? [];
    if (skippedEffect !== effect || operator === '' || parseConditionOperator(operator) !== null) return [];
    const place = { statement: Number(at), sid: null, whole: true, meant: [] };
    return [{ ...place, cause: 'unknown-operator' as const, texts: [operator] }];
  });

const patternsOfAws = ({ managedPolicies }: AccountSnapshot): ReadonlySet<string> =>
  new Set(
    managedPolicies
      .filter(({ awsManaged }) => awsManaged)
      .flatMap(({ versions }) => versions.flatMap(({ document }) => document.statements))
      .flatMap(({ action }) => action.patterns.map((pattern) => pattern.toLowerCase())),
  );

/** What there is, besides the statement, when, and which patterns AWS writes itself. */
interface Known extends Pick<CheckTools, 'reference' | 'now'> {
  readonly written: ReadonlySet<string>;
}

const idleParts = (
  compiled: CompiledStatement,
  { version }: PolicyDocument,
  { reference, now, written }: Known,
): readonly IdleStatement[] => {
  const { statement } = compiled;
  const place = { statement: statement.index, sid: statement.sid };
  const never = idleConditions(compiled, now);
  if (never !== null)
    return [{ ...place, whole: true, cause: never.cause, texts: never.keys, meant: [never.meant].filter(isText) }];
  if (statement.action.kind === 'notAction') return [];
  const { patterns } = statement.action;
  const idle = patterns
    .filter((pattern) => !written.has(pattern.toLowerCase()))
    .flatMap((pattern) => idlePattern(pattern, compiled, version, reference) ?? []);
  const whole = idle.length === patterns.length;
  return CAUSES.flatMap((cause) => {
    const of = idle.filter((each) => each.cause === cause);
    if (of.length === 0) return [];
    const meant = of.map((each) => each.meant).filter(isText);
    return [{ ...place, whole, cause, texts: of.map(({ pattern }) => pattern), meant }];
  });
};

const CAUSES: readonly IdlePattern['cause'][] = [
  'unknown-service',
  'unknown-action',
  'resource-never-matches',
  'key-never-sent',
];

const isText = (text: string | null): text is string => text !== null;

/** What is void of a policy, in words. */
export const idleText = ({ idle }: Pick<IdleFacts, 'idle'>): string =>
  idle.map(({ statement, cause, texts }) => `statement ${statement}: ${texts.join(', ')} (${WORDS[cause]})`).join('; ');

const WORDS: Readonly<Record<IdleStatement['cause'], string>> = {
  'unknown-service': 'no such service',
  'unknown-action': 'no such action',
  'resource-never-matches': 'works on no resource of the statement',
  'key-never-sent': 'sends no such condition key',
  'time-is-over': 'its time is over',
  'unknown-operator': 'no such condition operator',
  'unknown-condition-key': 'no such condition key',
  'conditions-contradict': 'conditions that contradict each other',
};
