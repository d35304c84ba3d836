import { notCollected } from './assemble/gap-book.ts';
import type { CollectionGap } from './collected.ts';
import type { AccountDocument, SnapshotDocuments } from './snapshot-documents.ts';
import { ACCOUNT_FILE, OPTIONAL_SOURCES, SNAPSHOT_FILES } from './snapshot-files.ts';

/** What the saved files tell about themselves. */
export interface SavedFilesFacts {
  /** Whether the authorization details end before their last page. */
  readonly truncated: boolean;
  /** When AWS made the credential report, where that is told. */
  readonly reportTime: string | undefined;
}

/** Documents with a source for each file that is there, and a gap for each that every audit needs and that is not. */
export const completeAccount = (documents: SnapshotDocuments, facts: SavedFilesFacts): SnapshotDocuments => {
  const { account } = documents;
  const present = SNAPSHOT_FILES.filter(({ member }) => documents[member] !== undefined);
  const absent = SNAPSHOT_FILES.filter(({ member }) => documents[member] === undefined);
  const timeOf = (source: string): string =>
    (source === 'credential-report' ? facts.reportTime : undefined) ?? account.collectedAt;
  const sources = [
    ...account.sources.filter(({ name }) => !absent.some(({ source }) => source === name)),
    ...present
      .filter(({ source }) => !account.sources.some(({ name }) => name === source))
      .map(({ source }) => ({ name: source, time: timeOf(source) })),
  ];
  const gaps = [
    ...account.gaps,
    ...absent
      .filter(({ source }) => !OPTIONAL_SOURCES.has(source) && !account.gaps.some((gap) => gap.source === source))
      .map(({ source }) => notCollected(source)),
    ...(facts.truncated && !isNoted(account, TRUNCATED) ? [TRUNCATED] : []),
  ];
  return { ...documents, account: { ...account, sources, gaps } };
};

/** An account of which only files are known: nothing but them tells about it. */
export const accountOfFiles = (
  { accountId, partition }: { readonly accountId: string; readonly partition: string },
  collectedAt: string,
): AccountDocument => ({
  accountId,
  partition,
  alias: null,
  collectedAt,
  sources: [],
  gaps: [{ ...notCollected('account-alias'), action: ACCOUNT_FILE }],
});

/** Whether a gap is there already: a directory that was written from a snapshot holds the snapshot's gaps. */
const isNoted = ({ gaps }: AccountDocument, { action, detail }: CollectionGap): boolean =>
  gaps.some((gap) => gap.action === action && gap.detail === detail);

const TRUNCATED: CollectionGap = {
  source: 'authorization-details',
  action: 'iam:GetAccountAuthorizationDetails',
  reason: 'failed',
  detail: 'the saved pages of the authorization details end before the last one: what follows is not judged',
  subject: null,
};
