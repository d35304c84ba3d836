import { isJsonObject } from '../kernel/json.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { parseJsonValues } from './json-text.ts';
import { otherJson, otherText } from './looks-like.ts';
import { checkSchema, pathPointer } from './schema-problems.ts';
import { authorizationDetailsSchema, DETAILS_LISTS } from './schemas/authorization-details.ts';
import type { AuthorizationDetailsDocument } from './snapshot-documents.ts';
import { type SnapshotProblem, snapshotProblem } from './snapshot-problem.ts';

/** Saved account authorization details. */
export interface SavedAuthorizationDetails {
  /** All pages merged; a list that no page has is absent. */
  readonly document: AuthorizationDetailsDocument;
  /** Whether the last page says that more follow, which are not there: the lists are cut short. */
  readonly truncated: boolean;
}

/** How to get authorization details that can be read. */
export const SAVE_DETAILS = 'save them anew: aws iam get-account-authorization-details --output json > FILE';

/**
 * Reads what `aws iam get-account-authorization-details` prints: one object, a list of pages, or page after page.
 * Policy documents may be objects or URL-encoded text. The errors say what the file holds instead, where that shows.
 */
export const parseAuthorizationDetails = (
  text: string,
  file = 'authorization-details.json',
): Result<SavedAuthorizationDetails, readonly SnapshotProblem[]> => {
  const fail = (place: string, what: string) => err([snapshotProblem(file, place, what, SAVE_DETAILS)]);
  if (text.trim() === '') return fail('', 'is empty');
  const values = parseJsonValues(text);
  if (!values.ok) {
    const other = otherText(text);
    return other === null ? fail(values.error.place, values.error.what) : fail('', other);
  }
  const pages = toPages(values.value);
  if (pages.length === 0) return fail('', 'holds no page of authorization details');
  const problems: SnapshotProblem[] = [];
  const documents: AuthorizationDetailsDocument[] = [];
  for (const { pointer, value } of pages) {
    if (!isPage(value)) {
      problems.push(snapshotProblem(file, pointer, otherJson(value), SAVE_DETAILS));
      continue;
    }
    const page = checkSchema(value, authorizationDetailsSchema);
    if (page.ok) documents.push(page.value);
    else
      problems.push(
        ...page.error.map(({ path, what }) => snapshotProblem(file, pathPointer(path, pointer), what, SAVE_DETAILS)),
      );
  }
  if (problems.length > 0) return err(problems);
  return ok({ document: mergePages(documents), truncated: saysMore(pages.at(-1)?.value) });
};

/** Whether a page is not the last: by AWS's word, or by that of the AWS CLI, which `--max-items` makes stop. */
const saysMore = (page: unknown): boolean =>
  isJsonObject(page) && (page['IsTruncated'] === true || typeof page['NextToken'] === 'string');

interface Page {
  readonly pointer: string;
  readonly value: unknown;
}

const toPages = (values: readonly unknown[]): readonly Page[] => {
  const several = values.length > 1;
  return values.flatMap((value, index) => {
    const pointer = several ? `/${index}` : '';
    return Array.isArray(value)
      ? value.map((page: unknown, position) => ({ pointer: `${pointer}/${position}`, value: page }))
      : [{ pointer, value }];
  });
};

const isPage = (value: unknown): boolean =>
  isJsonObject(value) && DETAILS_LISTS.some((list) => Object.hasOwn(value, list));

const mergePages = (pages: readonly AuthorizationDetailsDocument[]): AuthorizationDetailsDocument => {
  const merged = <T>(lists: readonly (readonly T[] | undefined)[]): readonly T[] | undefined =>
    lists.some((list) => list !== undefined) ? lists.flatMap((list) => list ?? []) : undefined;
  const users = merged(pages.map(({ UserDetailList }) => UserDetailList));
  const groups = merged(pages.map(({ GroupDetailList }) => GroupDetailList));
  const roles = merged(pages.map(({ RoleDetailList }) => RoleDetailList));
  const policies = merged(pages.map(({ Policies }) => Policies));
  return {
    ...(users && { UserDetailList: users }),
    ...(groups && { GroupDetailList: groups }),
    ...(roles && { RoleDetailList: roles }),
    ...(policies && { Policies: policies }),
  };
};
