import type { AccountChange } from '../../finding/account-change.ts';
import type { JsonValue } from '../../kernel/json.ts';
import { type PartChange, pairUp } from './part-change.ts';

/** A change, but for the account that it is in and who made it. */
export type Change = Omit<AccountChange, 'accountId' | 'by'>;

/** How the entities of a list of the account are compared. */
export interface EntityKind<T> {
  readonly type: Change['subject']['type'];
  /** What makes it the same entity on both nights: one deleted and made anew is another. */
  readonly id: (entity: T) => string;
  readonly arn: (entity: T) => string;
  /** How it is told when it comes or goes; null: that is not told. */
  readonly tell: ((entity: T) => JsonValue) | null;
  readonly changes: (before: T, after: T) => readonly PartChange[];
}

/** What changed of a list of entities. `whole`: whether both nights read the list to its end. */
export const entityChanges = <T>(
  before: readonly T[],
  after: readonly T[],
  kind: EntityKind<T>,
  whole = true,
): readonly Change[] => {
  const { created, deleted, kept } = pairUp(before, after, kind.id);
  const { tell } = kind;
  const isTold = tell !== null && whole;
  return [
    ...(isTold ? created.map((entity) => changeOf(entity, kind, { ...CAME, before: null, after: tell(entity) })) : []),
    ...(isTold ? deleted.map((entity) => changeOf(entity, kind, { ...WENT, before: tell(entity), after: null })) : []),
    ...kept.flatMap(([was, is]) => kind.changes(was, is).map((change) => changeOf(is, kind, change))),
  ];
};

const CAME = { kind: 'created', part: null } as const;
const WENT = { kind: 'deleted', part: null } as const;

const changeOf = <T>(
  entity: T,
  { type, id, arn }: Pick<EntityKind<T>, 'type' | 'id' | 'arn'>,
  { kind, part, before, after }: PartChange,
): Change => ({ kind, subject: { arn: arn(entity), type, id: id(entity), part }, before, after });
