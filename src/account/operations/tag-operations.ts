import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState } from '../account-state.ts';
import type { AwsError } from '../aws-error.ts';
import { type Operation, operation, readOperation } from '../operation.ts';
import { paging } from './input.ts';
import { page, wholeList } from './page.ts';
import { MINDING_CASE, tagKeysInput, tagsInput, withoutTags, withTags } from './tags.ts';
import { tagList } from './views.ts';

/** A kind of entity that has tags, and how to get at one of an account. */
interface Tagged<Name, Entity> {
  /** As the operations' names say it: `SAMLProvider`. */
  readonly noun: string;
  /** The members of the input that name the entity. */
  readonly name: z.ZodType<Name>;
  readonly find: (state: AccountState, name: Name) => Result<Entity, AwsError>;
  readonly save: (state: AccountState, entity: Entity) => AccountState;
}

/** The three operations on the tags of a kind of entity: `Tag…`, `Untag…` and `List…Tags`. */
export const tagOperations = <Name, Entity extends { readonly tags: ReadonlyMap<string, string> }>({
  noun,
  name,
  find,
  save,
}: Tagged<Name, Entity>): readonly Operation[] => [
  operation(`iam:Tag${noun}`, z.intersection(name, z.object({ Tags: tagsInput })), (state, input) => {
    const entity = find(state, input);
    if (!entity.ok) return entity;
    const tags = withTags(entity.value.tags, input.Tags, MINDING_CASE);
    return tags.ok ? ok({ state: save(state, { ...entity.value, tags: tags.value }), answer: {} }) : tags;
  }),
  operation(`iam:Untag${noun}`, z.intersection(name, z.object({ TagKeys: tagKeysInput })), (state, input) => {
    const entity = find(state, input);
    if (!entity.ok) return entity;
    const tags = withoutTags(entity.value.tags, input.TagKeys, MINDING_CASE);
    return ok({ state: save(state, { ...entity.value, tags }), answer: {} });
  }),
  readOperation(`iam:List${noun}Tags`, z.intersection(name, z.object(paging)), (state, input) => {
    const entity = find(state, input);
    if (!entity.ok) return entity;
    const tags = page(`List${noun}Tags`, input, wholeList(tagList(entity.value.tags)));
    return tags.ok ? ok({ Tags: tags.value.items, ...tags.value.more }) : tags;
  }),
];
