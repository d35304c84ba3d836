import type { AccountChange, ChangeKind } from '../../finding/account-change.ts';
import { canonicalJson, type JsonValue } from '../../kernel/json.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { printPolicyDocument } from '../../policy/print-policy-document.ts';
import { documentKey } from '../../policy/statement-key.ts';
import type { Collected } from '../../snapshot/collected.ts';

/** A change of something that the one who made it knows. */
export interface PartChange extends Pick<AccountChange, 'before' | 'after'> {
  readonly kind: ChangeKind;
  readonly part: string | null;
}

/** The change of a value, if it is one. */
export const valueChange = (
  kind: ChangeKind,
  part: string | null,
  before: JsonValue,
  after: JsonValue,
): readonly PartChange[] => (canonicalJson(before) === canonicalJson(after) ? [] : [{ kind, part, before, after }]);

/** The change of a document, if it says something else; null: there is none. */
export const documentChange = (
  kind: ChangeKind,
  part: string | null,
  before: PolicyDocument | null,
  after: PolicyDocument | null,
): readonly PartChange[] =>
  keyOf(before) === keyOf(after) ? [] : [{ kind, part, before: toJson(before), after: toJson(after) }];

const keyOf = (document: PolicyDocument | null): string | null => document && documentKey(document);
const toJson = (document: PolicyDocument | null): JsonValue => document && printPolicyDocument(document);

/** What changed of something that both audits could read; of what one could not, nothing is told. */
export const collectedChanges = <T>(
  before: Collected<T>,
  after: Collected<T>,
  compare: (before: T, after: T) => readonly PartChange[],
): readonly PartChange[] => (before.known && after.known ? compare(before.value, after.value) : []);

/** How the items of a list are told. */
export interface ListedItem<T> {
  readonly kind: ChangeKind;
  /** What makes it the same item in both lists, and names the part. */
  readonly id: (item: T) => string;
  readonly tell: (item: T) => JsonValue;
}

/** The items that came, went or are told differently. */
export const listChanges = <T>(
  before: readonly T[],
  after: readonly T[],
  { kind, id, tell }: ListedItem<T>,
): readonly PartChange[] => {
  const { created, deleted, kept } = pairUp(before, after, id);
  return [
    ...created.map((item) => ({ kind, part: id(item), before: null, after: tell(item) })),
    ...deleted.map((item) => ({ kind, part: id(item), before: tell(item), after: null })),
    ...kept.flatMap(([was, is]) => valueChange(kind, id(is), tell(was), tell(is))),
  ];
};

/** Two lists as what is in one of them only, and what is in both. */
export interface Pairs<T> {
  readonly created: readonly T[];
  readonly deleted: readonly T[];
  readonly kept: readonly (readonly [before: T, after: T])[];
}

/** Finds the items of two lists that are the same by their ids. Of several with one id the last stands. */
export const pairUp = <T>(before: readonly T[], after: readonly T[], id: (item: T) => string): Pairs<T> => {
  const were = new Map(before.map((item) => [id(item), item]));
  const are = new Map(after.map((item) => [id(item), item]));
  return {
    created: [...are].flatMap(([key, item]) => (were.has(key) ? [] : [item])),
    deleted: [...were].flatMap(([key, item]) => (are.has(key) ? [] : [item])),
    kept: [...are].flatMap(([key, item]) => {
      const was = were.get(key);
      return was === undefined ? [] : [[was, item] as const];
    }),
  };
};
