import { type Collected, known, missing, type SourceName } from '../collected.ts';
import type { Assembly } from './assembly.ts';

/** The names by which a user is known to other answers, and to gaps. */
export interface UserNames {
  readonly arn: string;
  readonly userName: string;
}

/** An answer about a user, and its position in the list it comes from. */
interface Placed<D> {
  readonly document: D;
  readonly index: number;
}

/**
 * What a list of the whole account says of one user. No entry is data (there is none) unless the call for this user, or
 * the call as such, failed. Entries of users that are not in the account any more have no reader and are dropped.
 */
export const userDocuments = <D extends { readonly UserName: string }>(
  { gaps, timeOf }: Assembly,
  list: { readonly source: SourceName; readonly action: string; readonly documents: readonly D[] | undefined },
): ((user: UserNames) => Collected<readonly Placed<D>[]>) => {
  const { source, action, documents } = list;
  const byUser = new Map<string, Placed<D>[]>();
  for (const [index, document] of (documents ?? []).entries()) {
    const entries = byUser.get(document.UserName) ?? [];
    entries.push({ document, index });
    byUser.set(document.UserName, entries);
  }
  return ({ arn, userName }) => {
    const entries = byUser.get(userName) ?? [];
    const gap =
      gaps.ofSubject(action, [arn, userName]) ??
      (documents === undefined ? gaps.ofSource(source, action) : undefined) ??
      (entries.length === 0 ? gaps.ofAction(action) : undefined);
    return gap === undefined ? known(entries, source, timeOf(source)) : missing(gap);
  };
};
