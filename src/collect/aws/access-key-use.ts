import { GetAccessKeyLastUsedCommand } from '@aws-sdk/client-iam';
import type { AccessKeyDocument } from '../../snapshot/snapshot-documents.ts';
import { isoTimeOrAbsent, required } from './answers.ts';
import type { Reader } from './reader.ts';
import type { UserRef } from './reported-users.ts';

/**
 * The keys whose last use the credential report does not tell. It has no key ids, so a reported key is taken for a
 * listed one only where the dates are the same, and nothing else of that user has the same date. A key that was made
 * after the report, or whose status was changed since it was made, matches none.
 */
export const keysToAsk = (
  keys: readonly AccessKeyDocument[],
  users: readonly UserRef[],
): readonly AccessKeyDocument[] => {
  const listed = countOf(keys.map(({ UserName, CreateDate }) => `${UserName} ${CreateDate}`));
  const reported = countOf(
    users.flatMap((user) => user.reported?.accessKeys.map((key) => `${user.userName} ${key.lastRotated}`) ?? []),
  );
  return keys.filter(({ UserName, CreateDate }) => {
    const keyOfUser = `${UserName} ${CreateDate}`;
    return listed.get(keyOfUser) !== 1 || reported.get(keyOfUser) !== 1;
  });
};

/** The keys, with the last use of those that are `asked` folded in; one that cannot be read is a gap about the key. */
export const withLastUse = async (
  reader: Reader,
  keys: readonly AccessKeyDocument[],
  asked: readonly AccessKeyDocument[],
): Promise<readonly AccessKeyDocument[]> => {
  const answers = await reader.readEach(
    'iam:GetAccessKeyLastUsed',
    asked,
    ({ AccessKeyId }) => AccessKeyId,
    async ({ AccessKeyId }) => {
      const { AccessKeyLastUsed } = await reader.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
      const { LastUsedDate, ServiceName, Region } = required(AccessKeyLastUsed, 'AccessKeyLastUsed');
      return { LastUsedDate: isoTimeOrAbsent(LastUsedDate), ServiceName, Region };
    },
  );
  const uses = new Map(asked.map(({ AccessKeyId }, index) => [AccessKeyId, answers?.[index]]));
  return keys.map((key) => {
    const use = uses.get(key.AccessKeyId);
    return use === undefined || use === null ? key : { ...key, AccessKeyLastUsed: use };
  });
};

const countOf = (texts: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};
