import type { z } from 'zod';
import { nearestText } from './nearest-text.ts';

/** What is wrong with a value and how to mend it, in the words of this house; a schema's own message stands as it is. */
export const issueWords = (issue: z.core.$ZodIssue, input: unknown): string =>
  isDefault(issue.message) ? wordsOf(issue, input) : issue.message;

const isDefault = (message: string): boolean =>
  /^(Invalid (input|option|string|URL)\b|Too (small|big): )/.test(message);

const wordsOf = (issue: z.core.$ZodIssue, input: unknown): string => {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected, /received (\w+)$/.exec(issue.message)?.[1] ?? '');
    case 'invalid_value':
      return choiceWords(issue.values.map(String), input);
    case 'too_small':
      return `must ${LIMITED[issue.origin] ?? 'be'} at least ${issue.minimum}${unitOf(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `must ${LIMITED[issue.origin] ?? 'be'} at most ${issue.maximum}${unitOf(issue.origin, issue.maximum)}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'must be a URL, such as `https://example.com`' : withoutPrefix(issue.message);
    case 'invalid_union':
      return unionWords(issue, input);
    default:
      return withoutPrefix(issue.message);
  }
};

const withoutPrefix = (message: string): string => {
  const text = message.replace(/^Invalid (input|option|string): /, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};

const MENDS: Readonly<Record<string, string>> = {
  array: '; write it as `[a, b]`, or as lines that begin with `- `',
  object: '; write it as `{ key: value }`, or as indented lines `key: value`',
  record: '; write it as `{ key: value }`, or as indented lines `key: value`',
};

const typeWords = (expected: string, received: string): string => {
  const must = `must be ${KINDS[expected] ?? expected}`;
  if (received === 'undefined') return `is missing: it ${must}`;
  if (received === 'null') return `is empty: it ${must}; give it one, or take it out`;
  const isUnquoted = expected === 'string' && (received === 'number' || received === 'boolean');
  const mend = isUnquoted ? '; put it in quotes' : (MENDS[expected] ?? '');
  const but = KINDS[received];
  return `${must}${but === undefined || expected === 'int' ? '' : `, but is ${but}`}${mend}`;
};

const choiceWords = (values: readonly string[], input: unknown): string => {
  const choice = values.map((value) => `\`${value}\``).join(', ');
  const nearest = typeof input === 'string' ? nearestText(input, values) : null;
  const mend = nearest === null ? '' : `; did you mean \`${nearest}\`?`;
  return `must be ${values.length === 1 ? '' : 'one of '}${choice}${mend}`;
};

/** What a limit of each kind of value counts. */
const LIMITED: Readonly<Record<string, string>> = { string: 'have', array: 'have', set: 'have', map: 'have' };

const unitOf = (origin: string, limit: number | bigint): string => {
  const unit = origin === 'string' ? 'character' : origin === 'array' ? 'entr' : null;
  if (unit === null) return '';
  const isOne = Number(limit) === 1;
  return ` ${unit === 'entr' ? (isOne ? 'entry' : 'entries') : `${unit}${isOne ? '' : 's'}`}`;
};

const unionWords = (issue: z.core.$ZodIssueInvalidUnion, input: unknown): string => {
  const ways = issue.errors.flatMap(([first]) => first ?? []);
  if (ways.some((way) => way.code === 'invalid_type' && way.expected === 'boolean')) return 'must be `true` or `false`';
  const words = [...new Set(ways.map((way) => issueWords(way, input)))];
  return words.length === 0 ? withoutPrefix(issue.message) : words.join(', or ');
};
