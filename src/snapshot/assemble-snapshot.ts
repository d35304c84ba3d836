import { parseAccountId } from '../iam/account-id.ts';
import { iamArn } from '../iam/arn.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { AccountSnapshot, SnapshotList } from './account-snapshot.ts';
import { readAccountLists } from './assemble/account-lists.ts';
import { type Assembly, createReader } from './assemble/assembly.ts';
import { readBeyondIam } from './assemble/beyond-iam.ts';
import { withSeenUse } from './assemble/cloudtrail-use.ts';
import { readGroups, readManagedPolicies, readRoles } from './assemble/entities.ts';
import { type GapBook, openGapBook } from './assemble/gap-book.ts';
import { readVirtualMfaDevices } from './assemble/mfa.ts';
import { indexCredentialReport } from './assemble/report-index.ts';
import { readRootUser } from './assemble/root-user.ts';
import { readUsers } from './assemble/users.ts';
import type { CollectionGap, SourceName } from './collected.ts';
import type { SnapshotDocuments } from './snapshot-documents.ts';
import type { SnapshotProblem } from './snapshot-problem.ts';

/**
 * Joins AWS's answers into one account. Of several sources of a datum the best wins, and what no source tells is a gap
 * in its place. `intern` parses policy documents; equal ones should come back as one object. The errors are values that
 * cannot be read, such as a time or an ARN.
 */
export const assembleSnapshot = (
  documents: SnapshotDocuments,
  intern: (raw: unknown) => PolicyDocument,
): Result<AccountSnapshot, readonly SnapshotProblem[]> => {
  const problems: SnapshotProblem[] = [];
  const read = createReader('account.json', problems);
  const { account } = documents;
  const accountId = parseAccountId(account.accountId);
  const collectedAt = read.instant(account.collectedAt, '/collectedAt');
  if (!accountId.ok) read.problem('/accountId', accountId.error);
  if (!accountId.ok || problems.length > 0) return err(problems);

  const sources = account.sources.map(({ name, time }, index) => ({
    name,
    time: read.instant(time, `/sources/${index}/time`),
  }));
  const times = new Map<SourceName, Instant>(sources.map(({ name, time }) => [name, time]));
  const timeOf = (source: SourceName): Instant => times.get(source) ?? collectedAt;
  const rootArn = iamArn(account.partition, accountId.value, 'root');
  const gaps = openGapBook(account.gaps);
  const assembly: Assembly = {
    documents,
    intern,
    gaps,
    timeOf,
    report: indexCredentialReport(documents, gaps, { rootArn, generatedTime: timeOf('credential-report') }),
    reader: (file) => createReader(file, problems),
  };
  const virtualMfaDevices = readVirtualMfaDevices(assembly);
  const lists = readLists(assembly, virtualMfaDevices);
  const snapshot: AccountSnapshot = {
    accountId: accountId.value,
    partition: account.partition,
    collectedAt,
    root: readRootUser(rootArn, assembly, virtualMfaDevices),
    ...lists,
    ...readAccountLists(assembly),
    ...readBeyondIam(assembly),
    credentialReport: assembly.report.report,
    virtualMfaDevices,
    sources,
    gaps: gaps.all(),
  };
  return problems.length > 0 ? err(problems) : ok(withSeenUse(snapshot));
};

/** The member of the authorization details that each list of the snapshot is read from. */
const MEMBERS = {
  users: 'UserDetailList',
  groups: 'GroupDetailList',
  roles: 'RoleDetailList',
  managedPolicies: 'Policies',
} as const satisfies Readonly<Record<SnapshotList, string>>;

const readLists = (
  assembly: Assembly,
  virtualMfaDevices: AccountSnapshot['virtualMfaDevices'],
): Pick<AccountSnapshot, SnapshotList | 'missingParts'> => {
  const details = assembly.documents.authorizationDetails;
  const missingParts = new Map<SnapshotList, CollectionGap>();
  // Details that are there although the call failed are its first pages: any list may go on after them.
  const cutShort = details && assembly.gaps.ofAction('iam:GetAccountAuthorizationDetails');
  const list = <D extends { readonly Arn: string }, T>(
    part: SnapshotList,
    documents: readonly D[] | undefined,
    read: (document: D, pointer: string) => T,
  ): readonly T[] => {
    const gap = documents ? cutShort : listGap(MEMBERS[part], details !== undefined, assembly.gaps);
    if (gap !== undefined) missingParts.set(part, gap);
    return withoutTwins(documents ?? [], assembly.gaps).map(({ document, index }) =>
      read(document, `/${MEMBERS[part]}/${index}`),
    );
  };
  return {
    users: list('users', details?.UserDetailList, readUsers(assembly, virtualMfaDevices)),
    groups: list('groups', details?.GroupDetailList, readGroups(assembly)),
    roles: list('roles', details?.RoleDetailList, readRoles(assembly)),
    managedPolicies: list('managedPolicies', details?.Policies, readManagedPolicies(assembly)),
    missingParts,
  };
};

const listGap = (member: string, haveOthers: boolean, gaps: GapBook): CollectionGap => {
  if (!haveOthers) return gaps.ofSource('authorization-details');
  return (
    gaps.ofAction('iam:GetAccountAuthorizationDetails') ??
    gaps.add({
      source: 'authorization-details',
      action: 'authorization-details.json',
      reason: 'skipped',
      detail: `the authorization details have no \`${member}\``,
      subject: null,
    })
  );
};

/**
 * Entities by ARN. A page that was read twice repeats entities; one that changed between two pages stands there in two
 * states, of which the one read later counts, and the snapshot says so.
 */
const withoutTwins = <D extends { readonly Arn: string }>(
  documents: readonly D[],
  gaps: GapBook,
): readonly { readonly document: D; readonly index: number }[] => {
  const byArn = new Map<string, { readonly document: D; readonly index: number }>();
  for (const [index, document] of documents.entries()) {
    const earlier = byArn.get(document.Arn)?.document;
    if (earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(document)) {
      gaps.add({
        source: 'authorization-details',
        action: 'iam:GetAccountAuthorizationDetails',
        reason: 'failed',
        detail: `${document.Arn} occurs twice and differs: the later one counts`,
        subject: document.Arn,
      });
    }
    byArn.set(document.Arn, { document, index });
  }
  return [...byArn.values()];
};
