import { compileWildcard, type Matcher } from '../iam/wildcard.ts';
import { isJsonObject } from '../kernel/json.ts';
import { readIamData, textAt, textsAt } from './iam-data-files.ts';

/** The data types of the condition keys of services: `String`, `ARN`, `Bool`, `Date`, `Numeric`, `IPAddress`, or `ArrayOf` these. */
export interface ConditionKeyTypes {
  /** The type of a key, whatever the case of its letters; null for one that no service has. */
  typeOf(key: string): string | null;
  /** Whether some key of a service has that prefix: `s3`. */
  hasService(prefix: string): boolean;
}

let known: ConditionKeyTypes | undefined;

/** What the Service Authorization Reference says of the types of condition keys. Read at the first call, and kept. */
export const conditionKeyTypes = (): ConditionKeyTypes => {
  known ??= readTypes();
  return known;
};

const readTypes = (): ConditionKeyTypes => {
  const services = textsAt({ services: readIamData('data/services.json') }, 'services');
  const types = new Map(services.flatMap(keysOf));
  const patterns = [...types].flatMap(([key, type]): (readonly [Matcher, string])[] =>
    OWN_PART.test(key) ? [[compileWildcard(key.replace(OWN_PARTS, '*')), type]] : [],
  );
  const prefixes = new Set([...types.keys()].map((key) => key.slice(0, key.indexOf(':'))));
  return {
    typeOf: (key) => {
      const name = key.toLowerCase();
      return types.get(name) ?? patterns.find(([matches]) => matches(name))?.[1] ?? null;
    },
    hasService: (prefix) => prefixes.has(prefix.toLowerCase()),
  };
};

// A part of the user's own is mostly a `${TagKey}`; some services write `<key>`, `tag-key`, or nothing.
const OWN_PART = /\$\{[^}]*\}|<[^>]*>|\/tag-key$|\/$/;
const OWN_PARTS = /\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$|(?<=\/)$/g;

const keysOf = (service: string): readonly (readonly [string, string])[] => {
  const file = readIamData(`data/conditionKeys/${service}.json`);
  return Object.values(isJsonObject(file) ? file : {}).flatMap((entry) =>
    isJsonObject(entry) ? [[textAt(entry, 'key').toLowerCase(), textAt(entry, 'type')] as const] : [],
  );
};
