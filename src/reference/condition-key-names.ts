import { compileWildcard, type Matcher } from '../iam/wildcard.ts';
import { isJsonObject, type JsonValue } from '../kernel/json.ts';
import { readIamData, textAt, textsAt } from './iam-data-files.ts';

/** The condition keys of the services, as the Service Authorization Reference has them. */
export interface ConditionKeyNames {
  /** In lower case, without those that end in a name of the user's own (`aws:ResourceTag/${TagKey}`). */
  readonly names: ReadonlySet<string>;
  /** Whether there is a key of that name; the case of its letters carries no meaning. */
  has(key: string): boolean;
}

let known: ConditionKeyNames | undefined;

/** The condition keys that this version of Vigil knows. Read at the first call, and kept. */
export const conditionKeyNames = (): ConditionKeyNames => {
  known ??= readNames();
  return known;
};

const readNames = (): ConditionKeyNames => {
  const services = textsAt({ services: readIamData('data/services.json') }, 'services');
  const all = services.flatMap((service) => keysIn(readIamData(`data/conditionKeys/${service}.json`)));
  const names = new Set(all.filter((key) => !key.includes('${')));
  const patterns: readonly Matcher[] = [...new Set(all)]
    .filter((key) => key.includes('${'))
    .map((key) => compileWildcard(key.replace(/\$\{[^}]*\}/g, '*')));
  return {
    names,
    has: (key) => {
      const name = key.toLowerCase();
      return names.has(name) || patterns.some((matches) => matches(name));
    },
  };
};

const keysIn = (file: JsonValue): readonly string[] =>
  isJsonObject(file)
    ? Object.values(file).flatMap((entry) => (isJsonObject(entry) ? [textAt(entry, 'key').toLowerCase()] : []))
    : [];
