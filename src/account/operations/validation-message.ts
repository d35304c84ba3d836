import type { z } from 'zod';

/**
 * What AWS says of input that breaks the constraints of its API, such as `Member must not be null`. A constraint whose
 * message says what `It must` be is one that IAM looks at after those of its model, and tells of alone. `values` is whether
 * the service repeats what it refuses.
 */
export const validationMessage = (all: readonly z.core.$ZodIssue[], { values } = { values: true }): string => {
  const issues = all.filter(({ message }) => !message.startsWith('It must '));
  const [later] = all;
  if (issues.length === 0 && later !== undefined) {
    return `The specified value for ${memberPath(later.path)} is invalid. ${later.message}`;
  }
  const count = issues.length === 1 ? '1 validation error' : `${issues.length} validation errors`;
  return `${count} detected: ${issues.map((issue) => problemText(issue, values)).join('; ')}`;
};

const problemText = (issue: z.core.$ZodIssue, values: boolean): string => {
  const member = memberPath(issue.path);
  const value = values && !SECRET_MEMBERS.has(member) ? ` ${valueText(issue.input)}` : '';
  return `Value${value} at '${member}' failed to satisfy constraint: ${constraintText(issue)}`;
};

/** Members that AWS's models call sensitive: a refusal does not repeat their value. */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  'password',
  'oldPassword',
  'newPassword',
  'privateKey',
  'sAMLAssertion',
  'webIdentityToken',
]);

const valueText = (input: unknown): string =>
  input === undefined ? 'null' : `'${typeof input === 'string' ? input : JSON.stringify(input)}'`;

/** Members in lower camel case, list positions from 1: `tags.1.member.key`. */
const memberPath = (path: readonly PropertyKey[]): string =>
  path
    .map((step) =>
      typeof step === 'number' ? `${step + 1}.member` : String(step).charAt(0).toLowerCase() + String(step).slice(1),
    )
    .join('.');

const constraintText = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input == null ? NOT_NULL : `Member must be of type ${issue.expected}`;
    case 'too_small':
      return `Member must have ${measureOf(issue.origin)} greater than or equal to ${issue.minimum}`;
    case 'too_big':
      return `Member must have ${measureOf(issue.origin)} less than or equal to ${issue.maximum}`;
    case 'invalid_format':
      return patternText(issue.pattern ?? '');
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
    default:
      return issue.message;
  }
};

/** What AWS says of a text that does not match a pattern, which stands as JavaScript writes it. */
export const patternText = (pattern: string): string =>
  `Member must satisfy regular expression pattern: ${pattern.replace(/^\/\^?|\$?\/[a-z]*$/g, '')}`;

/** What AWS says of a member that is to be there. */
export const NOT_NULL = 'Member must not be null';

const measureOf = (origin: string): string => (origin === 'string' || origin === 'array' ? 'length' : 'value');
