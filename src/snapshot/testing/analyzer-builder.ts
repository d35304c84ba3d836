import type { AccessAnalyzer, Analyzer, AnalyzerFinding, ArchiveRule } from '../access-analyzer.ts';
import { collected, type Plain, skipped, TEST_ACCOUNT } from './collected-builder.ts';

/** The parts of an analyzer, plainly. */
type AnalyzerParts = Partial<Omit<Analyzer, 'archiveRules'>> & {
  readonly archiveRules?: Plain<readonly ArchiveRule[]>;
};

/** An active analyzer of the account in eu-central-1, whose archive rules nobody read unless given. */
export const analyzer = ({ archiveRules, region = 'eu-central-1', ...parts }: AnalyzerParts = {}): Analyzer => ({
  arn: `arn:aws:access-analyzer:${region}:${TEST_ACCOUNT}:analyzer/account`,
  name: 'account',
  type: 'ACCOUNT',
  status: 'ACTIVE',
  unusedAccessDays: null,
  region,
  archiveRules: collected(archiveRules ?? skipped('access-analyzer'), 'access-analyzer'),
  ...parts,
});

/** What Access Analyzer has, of the account's analyzer alone unless given; nobody read the findings unless given. */
export const accessAnalyzer = (
  parts: {
    readonly regions?: readonly string[];
    readonly analyzers?: readonly Analyzer[];
    readonly findings?: Plain<readonly AnalyzerFinding[]>;
  } = {},
): AccessAnalyzer => ({
  ...(parts.regions && { regions: parts.regions }),
  analyzers: parts.analyzers ?? [analyzer()],
  findings: collected(parts.findings ?? skipped('access-analyzer'), 'access-analyzer'),
});

/** The parts of a finding of external access, plainly. */
interface ExternalFindingParts {
  readonly id?: string;
  readonly analyzerArn?: string;
  readonly status?: string;
  readonly principal?: Readonly<Record<string, string>>;
  readonly isPublic?: boolean;
}

/** An active finding of external access to a resource, by account 444455556666 unless given. */
export const externalFinding = (
  resource: string,
  { principal = { AWS: '444455556666' }, isPublic = false, ...parts }: ExternalFindingParts = {},
): AnalyzerFinding => ({
  id: 'f-1',
  analyzerArn: null,
  resource,
  resourceType: resource.includes(':role/') ? 'AWS::IAM::Role' : 'AWS::S3::Bucket',
  status: 'ACTIVE',
  findingType: 'ExternalAccess',
  error: null,
  external: [
    { principal: new Map(Object.entries(principal)), actions: ['sts:AssumeRole'], condition: new Map(), isPublic },
  ],
  ...parts,
});
