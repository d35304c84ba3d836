import { isJsonList, type JsonObject } from '../kernel/json.ts';
import { parseTexts, quote, type Report } from './element-values.ts';

/** A pair of elements of which a statement has one: `Action` and `NotAction`, `Resource` and `NotResource`. */
interface PatternElement<Kind extends string> {
  readonly names: readonly [
    { readonly name: string; readonly kind: Kind },
    { readonly name: string; readonly kind: Kind },
  ];
  readonly required: boolean;
  readonly isPattern: (text: string) => boolean;
  readonly expected: string;
}

/** `Action` or `NotAction`. */
export const ACTION: PatternElement<'action' | 'notAction'> = {
  names: [
    { name: 'Action', kind: 'action' },
    { name: 'NotAction', kind: 'notAction' },
  ],
  required: true,
  // In the service half a wildcard is refused, but for `*:*` (IAM User Guide, "IAM JSON policy elements: Action").
  isPattern: (text) => /^(?:\*+(?::\*+)?|[A-Za-z0-9-]+:[A-Za-z0-9*?-]+)$/.test(text),
  expected: 'an action, such as `iam:PassRole` or `iam:Get*`',
};

/** `Resource` or `NotResource`; role trust policies have neither. */
export const RESOURCE: PatternElement<'resource' | 'notResource'> = {
  names: [
    { name: 'Resource', kind: 'resource' },
    { name: 'NotResource', kind: 'notResource' },
  ],
  required: false,
  isPattern: (text) => /^(?:\*+$|arn:)/.test(text),
  expected: 'an ARN or `*`',
};

/** Reads the one of the two elements that a statement has; null where it has none. */
export const parsePatterns = <Kind extends string>(
  statement: JsonObject,
  pointer: string,
  { names, required, isPattern, expected }: PatternElement<Kind>,
  report: Report,
): { readonly kind: Kind; readonly patterns: readonly string[] } | null => {
  const present = names.filter(({ name }) => Object.hasOwn(statement, name));
  const [chosen, other] = present;
  if (other !== undefined) report(pointer, `the statement has both \`${names[0].name}\` and \`${other.name}\``);
  if (chosen === undefined) {
    if (required) report(pointer, `the statement has neither \`${names[0].name}\` nor \`${names[1].name}\``);
    return null;
  }
  const at = `${pointer}/${chosen.name}`;
  const element = statement[chosen.name];
  const patterns = parseTexts(element, at, report);
  if (isJsonList(element) && element.length === 0) report(at, `\`${chosen.name}\` is empty`);
  for (const pattern of patterns) if (!isPattern(pattern)) report(at, `${quote(pattern)} is not ${expected}`);
  return { kind: chosen.kind, patterns };
};
