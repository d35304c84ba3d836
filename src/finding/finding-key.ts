/** What makes a finding the same finding tomorrow. */
export interface FindingIdentity {
  readonly checkId: string;
  readonly accountId: string;
  /** Unique id of the subject (`AIDA…`, `AROA…`); its ARN where there is none. */
  readonly subjectId: string;
  readonly part: string | null;
}

/**
 * The finding's key: `checkId:accountId:subjectId`, and `:part` where one subject has several findings of the check.
 * It holds the unique id and not the name, so that a user who is deleted and made again is a new subject, and no
 * evidence, so that a key that grows older stays the same finding. A change of this format needs a migration of history.
 */
export const findingKey = ({ checkId, accountId, subjectId, part }: FindingIdentity): string =>
  [checkId, accountId, subjectId, ...(part === null ? [] : [part])].join(':');
