import { isJsonObject, jsonPointer } from '../kernel/json.ts';
import { DETAILS_LISTS } from './schemas/authorization-details.ts';

/** What a text is that should have been JSON, as far as it can be recognised; null: no idea. */
export const otherText = (text: string): string | null =>
  TEXTS.find(([pattern]) => pattern.test(text.slice(0, 2000)))?.[1] ?? null;

const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^"?user"?,"?arn"?,/, 'is a credential report, not authorization details: give it with --credential-report'],
  [
    /^\s*(An error occurred|Unable to locate credentials|aws: error|usage: aws)/i,
    'holds an error message of the AWS CLI',
  ],
  [/^\s*<(\?xml|\w*Response)/i, 'is XML, not JSON'],
  [/^\s*<(!doctype|html)/i, 'is a web page, not JSON'],
  [/^(---\s*\n)?(- )?\w+DetailList:/m, 'is YAML, not JSON'],
  [/^\s*[[{]+\s*'\w+'\s*:/, 'is what Python prints of an object, not JSON: write it with `json.dumps`'],
  [/^\s*\w+DETAILLIST\t/m, 'is the text output of the AWS CLI, not JSON'],
  [/^[-+|]{20}/, 'is the table output of the AWS CLI, not JSON'],
];

/** What a JSON value is that should have been a page of authorization details. */
export const otherJson = (value: unknown): string => {
  if (!isJsonObject(value)) return 'is no page of authorization details: it holds none of their lists';
  const member = Object.keys(value).find((key) => DETAILS_LISTS.some((list) => isSpelledLike(key, list)));
  if (member !== undefined) {
    return `is no page of authorization details: it spells \`${member}\` otherwise than AWS, which writes names like \`UserDetailList\``;
  }
  const wrapped = placeOfPage(value, '', 4);
  if (wrapped !== null) {
    return `is no page of authorization details, but wraps one at ${wrapped}: give what stands there in a file of its own`;
  }
  const known = MEMBERS.find(([member]) => Object.hasOwn(value, member));
  return `is no page of authorization details: it ${known === undefined ? 'holds none of their lists' : `looks like ${known[1]}`}`;
};

const isSpelledLike = (key: string, list: string): boolean =>
  key !== list && key.replaceAll(/[_-]/g, '').toLowerCase() === list.toLowerCase();

/** Where a page stands inside a value, no deeper than told. */
const placeOfPage = (value: unknown, pointer: string, depth: number): string | null => {
  if (depth === 0 || typeof value !== 'object' || value === null) return null;
  if (DETAILS_LISTS.some((list) => Object.hasOwn(value, list))) return pointer;
  for (const [key, inner] of Object.entries(value)) {
    const place = placeOfPage(inner, jsonPointer(pointer, key), depth - 1);
    if (place !== null) return place;
  }
  return null;
};

const MEMBERS: readonly (readonly [string, string])[] = [
  ['Statement', 'a single policy document'],
  ['PolicyVersion', 'the answer of `aws iam get-policy-version`'],
  ['Users', 'the answer of `aws iam list-users`'],
  ['Roles', 'the answer of `aws iam list-roles`'],
  ['Groups', 'the answer of `aws iam list-groups`'],
  ['Content', 'the answer of `aws iam get-credential-report`'],
  ['SummaryMap', 'the answer of `aws iam get-account-summary`'],
  ['collectedAt', 'the account.json of a snapshot directory (give the directory with --from)'],
  ['schemaVersion', 'a report of Vigil'],
  ['Error', 'an error answer of AWS'],
];
