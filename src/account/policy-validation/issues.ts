import { ERRORS } from './error-issues.ts';
import { SUGGESTIONS } from './suggestion-issues.ts';
import { SECURITY_WARNINGS, WARNINGS } from './warning-issues.ts';

/** How much an issue matters. Source: `ValidatePolicyFindingType`, IAM Access Analyzer API Reference. */
export type IssueType = 'ERROR' | 'SECURITY_WARNING' | 'WARNING' | 'SUGGESTION';

/** The code of an issue that can be found in a policy. */
export type IssueCode =
  | keyof typeof ERRORS
  | keyof typeof SECURITY_WARNINGS
  | keyof typeof WARNINGS
  | keyof typeof SUGGESTIONS;

/** What Access Analyzer says of an issue. */
export interface Issue {
  readonly type: IssueType;
  readonly details: string;
  readonly learnMoreLink: string;
}

const REFERENCE =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks';

/** The types under the names that they have in the links. */
const KINDS: readonly (readonly [type: IssueType, anchor: string, texts: Readonly<Record<string, string>>])[] = [
  ['ERROR', 'error', ERRORS],
  ['SECURITY_WARNING', 'security-warning', SECURITY_WARNINGS],
  ['WARNING', 'general-warning', WARNINGS],
  ['SUGGESTION', 'suggestion', SUGGESTIONS],
];

const TEXTS: ReadonlyMap<string, { readonly type: IssueType; readonly anchor: string; readonly text: string }> =
  new Map(
    KINDS.flatMap(([type, anchor, texts]) =>
      Object.entries(texts).map(([code, text]) => [code, { type, anchor, text }] as const),
    ),
  );

/** An issue in AWS's words; `values` stand in the place of what its text leaves open. */
export const issueOf = (code: IssueCode, values: Readonly<Record<string, string>>): Issue => {
  const { type, anchor, text } = TEXTS.get(code) ?? { type: 'ERROR', anchor: 'error', text: '' };
  return {
    type,
    // The values come out of the policy: nothing in them is a place to fill again.
    details: text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
    learnMoreLink: `${REFERENCE}-${anchor}-${code.toLowerCase().replaceAll('_', '-')}`,
  };
};
