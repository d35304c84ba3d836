import type { SourceName } from './collected.ts';
import type { SnapshotDocuments } from './snapshot-documents.ts';

/** A member of the snapshot's documents that has a file of its own. */
type SnapshotMember = Exclude<keyof SnapshotDocuments, 'account'>;

/** The file that says whose snapshot a directory holds. */
export const ACCOUNT_FILE = 'account.json';

/** The file of users, groups, roles and managed policies. */
export const DETAILS_FILE = 'authorization-details.json';

/** The file of AWS's credential report. */
export const REPORT_FILE = 'credential-report.csv';

/** The form of a row about a file. */
interface FileRow {
  readonly file: string;
  readonly member: SnapshotMember;
  readonly source: SourceName;
}

/** The files that hold JSON. */
export const ANSWER_FILES = [
  { file: 'account-summary.json', member: 'accountSummary', source: 'account-summary' },
  { file: 'password-policy.json', member: 'passwordPolicy', source: 'password-policy' },
  { file: 'mfa-devices.json', member: 'mfaDevices', source: 'mfa-devices' },
  { file: 'access-keys.json', member: 'accessKeys', source: 'access-keys' },
  {
    file: 'service-specific-credentials.json',
    member: 'serviceSpecificCredentials',
    source: 'service-specific-credentials',
  },
  { file: 'ssh-public-keys.json', member: 'sshPublicKeys', source: 'ssh-public-keys' },
  { file: 'signing-certificates.json', member: 'signingCertificates', source: 'signing-certificates' },
  { file: 'server-certificates.json', member: 'serverCertificates', source: 'server-certificates' },
  { file: 'identity-providers.json', member: 'identityProviders', source: 'identity-providers' },
  { file: 'instance-profiles.json', member: 'instanceProfiles', source: 'instance-profiles' },
  { file: 'last-accessed.json', member: 'lastAccessed', source: 'last-accessed' },
  { file: 'cloudtrail.json', member: 'cloudTrail', source: 'cloudtrail' },
  { file: 'resources.json', member: 'resources', source: 'resources' },
  { file: 'organization.json', member: 'organization', source: 'organization' },
  { file: 'identity-center.json', member: 'identityCenter', source: 'identity-center' },
  { file: 'access-analyzer.json', member: 'accessAnalyzer', source: 'access-analyzer' },
] as const satisfies readonly FileRow[];

/** Every file of a snapshot directory but the first: its name, the documents' member that it holds, and the source it came from. */
export const SNAPSHOT_FILES = [
  { file: DETAILS_FILE, member: 'authorizationDetails', source: 'authorization-details' },
  { file: REPORT_FILE, member: 'credentialReport', source: 'credential-report' },
  ...ANSWER_FILES,
] as const satisfies readonly FileRow[];

/** Sources that not every audit looks at: where nobody told why one was not read, only what asks for it misses it. */
export const OPTIONAL_SOURCES: ReadonlySet<SourceName> = new Set([
  'last-accessed',
  'cloudtrail',
  'resources',
  'organization',
  'identity-center',
  'access-analyzer',
]);

/** The file of a snapshot directory that a source is kept in. */
export const fileOfSource = (source: SourceName): string =>
  SNAPSHOT_FILES.find((row) => row.source === source)?.file ?? ACCOUNT_FILE;
