import type { Condition, Statement } from '../../policy/policy-document.ts';
import { hasBit } from '../../reference/bitset.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';

/** A request that a tag of the principal may decide. */
export interface TagDoor {
  /** The key of the tag, as the policy writes it. */
  readonly tagKey: string;
  /** A value that the policy asks for. */
  readonly tagValue: string;
  readonly action: string;
  readonly resource: string;
}

/** The requests that try a statement's conditions on tags of the principal: one for each key and value that it names. */
export const tagDoors = (
  { action, resource, conditions }: Statement,
  reference: ServiceReference,
  ownResource: string | null,
): readonly TagDoor[] => {
  const tried = sampleAction(action.patterns[0] ?? '', reference);
  const place = ownResource ?? sampleResource(resource);
  if (action.kind === 'notAction' || tried === null || place === null) return [];
  return conditions
    .filter(({ key }) => TAG_KEY.test(key))
    .flatMap((condition) =>
      plainValues(condition).map((tagValue) => ({
        tagKey: condition.key.replace(TAG_KEY, ''),
        tagValue,
        action: tried,
        resource: place,
      })),
    );
};

const TAG_KEY = /^aws:PrincipalTag\//i;

const plainValues = ({ operator, values }: Condition): readonly string[] =>
  /String/.test(operator) ? values.filter((value) => !/[*?]|\$\{/.test(value)) : [];

/** An action that a pattern matches. */
const sampleAction = (pattern: string, reference: ServiceReference): string | null => {
  const set = reference.matchActions([pattern]);
  const position = reference.positionOf(pattern) ?? reference.names.findIndex((_, at) => hasBit(set, at));
  return reference.names[position] ?? null;
};

/** A resource that the first pattern matches; null where that is not plain. */
const sampleResource = (resource: Statement['resource']): string | null => {
  const [pattern] = resource?.patterns ?? [];
  if (pattern === undefined || resource?.kind === 'notResource' || pattern.includes('${')) return null;
  return /^\*+$/.test(pattern) ? '*' : pattern.replace(/[*?]/g, 'x');
};
