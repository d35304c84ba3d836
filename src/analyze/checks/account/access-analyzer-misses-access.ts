import { type Outsider, outsiderName } from '../../../access/outsider.ts';
import { iamArn } from '../../../iam/arn.ts';
import type { AnalyzerFinding } from '../../../snapshot/access-analyzer.ts';
import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import {
  outsidersOfResource,
  outsidersOfRole,
  principalName,
  type SeenOutsider,
  standsFor,
} from '../../access-analyzer/own-view.ts';
import type { CheckTools } from '../../check-tools.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { isAccountOfAws } from '../../exposure/accounts-of-aws.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';
import { isOfOwnOrganization } from '../../trust/trusted-accounts.ts';

/** A policy lets somebody outside in, and the analyzer that looks at it tells nothing of it, or has archived it. */
export const accessAnalyzerMissesAccess = defineCheck({
  id: 'access-analyzer-misses-access',
  title: 'Access Analyzer does not tell of access that a policy grants',
  category: 'account',
  severity: 'info',
  resourceType: ['Role', 'Resource'],
  reads: [...ACCESS_PARTS, 'accessAnalyzer'],
  doc: {
    what: 'Whether everybody outside whom the policy of a role or resource lets in has a finding of an active analyzer that looks there: of the account, or of the organization for whoever is known to be of none of its accounts. `archived` tells that the findings are archived, which passes; accounts of AWS itself and of the own organization are left out. Whether the access is a problem is told by the other checks.',
    risk: 'Whoever relies on Access Analyzer alone does not hear of the access: the finding is still to come, or the two read the policy in different ways.',
    remediation: [
      'Wait for half an hour after a change; or start a scan of the resource (`aws accessanalyzer start-resource-scan`).',
      'Where it stays so, look at the policy and judge it by hand.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings-view.html'],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    const { accessAnalyzer } = snapshot;
    const findings = accessAnalyzer.known ? accessAnalyzer.value.findings : accessAnalyzer;
    if (!findings.known) {
      if (findings.gap.reason !== 'skipped')
        yield {
          subject: { arn: iamArn(snapshot.partition, snapshot.accountId, 'root') },
          outcome: 'unknown',
          gap: findings.gap,
        };
      return;
    }
    const told = findings.value.filter(({ findingType }) => findingType === 'ExternalAccess');
    for (const { arn, service, seen } of lookedAt(snapshot, tools)) {
      const own = told.filter(({ resource }) => resource === arn);
      // Without its details nobody knows whom a finding is about.
      if (own.some(({ external }) => external.length === 0)) continue;
      for (const { outsider, ownOrganization } of seen) {
        const principal = principalName(outsiderName(outsider));
        if (ownOrganization || isAccountOfAws(service, principal)) continue;
        const status = statusOf(own, principal, (name) => standsFor(outsider, name));
        yield {
          subject: { arn, part: principal },
          outcome: status === 'none' ? 'fail' : 'pass',
          evidence: { principal, finding: status },
        };
      }
    }
  },

  summary: ({ principal }, { arn }) =>
    `Access Analyzer does not tell that ${principal === '*' ? 'anybody' : principal} can get at ${arn}.`,
});

const statusOf = (
  findings: readonly AnalyzerFinding[],
  principal: string,
  isTold: (name: string) => boolean,
): 'active' | 'archived' | 'none' => {
  const about = findings.filter(({ external }) =>
    external.some(({ principal: named }) =>
      [...named.values()].some((name) => principalName(name) === principal || isTold(name)),
    ),
  );
  if (about.some(({ status }) => status === 'ACTIVE')) return 'active';
  return about.some(({ status }) => status === 'ARCHIVED') ? 'archived' : 'none';
};

interface LookedAt {
  readonly arn: string;
  readonly service: string;
  readonly seen: readonly SeenOutsider[];
}

/** What an active analyzer looks at, and whom of it it tells: roles from every region, other resources from their own. */
function* lookedAt(snapshot: AccountSnapshot, tools: CheckTools): Iterable<LookedAt> {
  const { roles, resources } = snapshot;
  const ofAccount = regionsWith(snapshot, 'ACCOUNT');
  const ofOrganization = regionsWith(snapshot, 'ORGANIZATION');
  // To an analyzer of the organization its accounts are inside; where nobody listed them, it may be any of them.
  const seenIn = (region: string | null, seen: readonly SeenOutsider[]): readonly SeenOutsider[] => {
    if (looksAt(ofAccount, region)) return seen;
    return looksAt(ofOrganization, region) ? seen.filter(({ outsider }) => isOfNoMember(outsider, snapshot)) : [];
  };
  for (const role of roles.filter((each) => !isManagedByAws(each)))
    yield { arn: role.arn, service: 'iam', seen: seenIn(null, outsidersOfRole(role, tools)) };
  for (const resource of resources.known ? resources.value : []) {
    const { arn, service, region, policy } = resource;
    if (policy !== null && region !== null && ANALYZED.has(service))
      yield { arn, service, seen: seenIn(region, outsidersOfResource(resource, tools)) };
  }
}

const regionsWith = ({ accessAnalyzer }: AccountSnapshot, type: string): ReadonlySet<string> =>
  new Set(
    (accessAnalyzer.known ? accessAnalyzer.value.analyzers : [])
      .filter((analyzer) => analyzer.type === type && analyzer.status === 'ACTIVE')
      .map(({ region }) => region),
  );

/** Whether an analyzer in one of the regions looks at what is in a region; null: what every region sees. */
const looksAt = (regions: ReadonlySet<string>, region: string | null): boolean =>
  region === null ? regions.size > 0 : regions.has(region);

const isOfNoMember = (outsider: Outsider, snapshot: AccountSnapshot): boolean =>
  outsider.kind === 'account' || outsider.kind === 'principal'
    ? isOfOwnOrganization(snapshot, outsider.account) === 'no'
    : outsider.kind !== 'canonicalUser';

/** Source: "IAM Access Analyzer resource types for external access", IAM User Guide. */
const ANALYZED: ReadonlySet<string> = new Set([
  'dynamodb',
  'ecr',
  'kms',
  'lambda',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
]);
