import { iamArn } from '../../../iam/arn.ts';
import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../../snapshot/collected.ts';
import { defineCheck } from '../../define-check.ts';

/** IAM Access Analyzer does not look for external access. */
export const accountWithoutAccessAnalyzer = defineCheck({
  id: 'account-without-access-analyzer',
  title: 'IAM Access Analyzer does not look for external access',
  category: 'account',
  severity: 'medium',
  resourceType: 'Account',
  reads: ['accessAnalyzer', 'organization'],
  doc: {
    what: 'Whether an active analyzer of external access, of the account or of the organization, is in each region of `regions`; where that is empty, in each region that was looked in (`collect.regions`), or in any where nobody told which. Milder in a member account of an organization, whose analyzer may belong to another account that does not show it here.',
    risk: 'Nobody is told when a bucket, key, queue or role is opened to the outside.',
    remediation: [
      'Create an analyzer of external access, which costs nothing, in every region in use (`aws accessanalyzer create-analyzer --type ACCOUNT`).',
      'In an organization, delegate an administrator for it and create one of type `ORGANIZATION` a region.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-getting-started.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.18',
    'cis-aws-6.0:2.19',
    'cis-aws-5.0:1.19',
    'cis-aws-4.0:1.20',
    'cis-aws-3.0:1.20',
    'cis-aws-2.0:1.20',
    'cis-aws-1.5:1.20',
    'cis-aws-1.4:1.20',
  ],
  defaults: { regions: [] as readonly string[] },

  *run(snapshot, { options }) {
    const arn = iamArn(snapshot.partition, snapshot.accountId, 'root');
    if (!snapshot.accessAnalyzer.known) {
      yield { subject: { arn }, outcome: 'unknown', gap: snapshot.accessAnalyzer.gap };
      return;
    }
    const { analyzers, regions: looked } = snapshot.accessAnalyzer.value;
    const active = analyzers
      .filter(({ type, status }) => EXTERNAL_ACCESS.has(type) && status === 'ACTIVE')
      .map(({ region }) => region);
    const covered = [...new Set(active)].sort();
    const unread = unreadRegions(snapshot);
    const asked = options.regions.length > 0 ? options.regions : [...(looked ?? []), ...unread.keys()];
    for (const region of asked) {
      const gap = unread.get(region);
      if (gap !== undefined) yield { subject: { arn, part: region }, outcome: 'unknown', gap };
    }
    const uncovered = asked.filter((region) => !covered.includes(region) && !unread.has(region));
    const fails = asked.length === 0 ? covered.length === 0 : uncovered.length > 0;
    yield {
      subject: { arn },
      outcome: fails ? 'fail' : 'pass',
      severity: isMember(snapshot) ? 'low' : 'medium',
      evidence: { covered, uncovered },
    };
  },

  summary: ({ covered, uncovered }) =>
    uncovered.length > 0
      ? `No analyzer looks for external access in ${uncovered.join(', ')}${covered.length > 0 ? `, only in ${covered.join(', ')}` : ''}.`
      : 'No analyzer looks for external access in any region.',
});

/** The regions that were asked and did not tell, and why. */
const unreadRegions = ({ gaps }: AccountSnapshot): ReadonlyMap<string, CollectionGap> =>
  new Map(
    gaps.flatMap((gap) =>
      gap.action === 'access-analyzer:ListAnalyzers' && gap.subject !== null ? [[gap.subject, gap] as const] : [],
    ),
  );

const EXTERNAL_ACCESS: ReadonlySet<string> = new Set(['ACCOUNT', 'ORGANIZATION']);

const isMember = ({ organization, accountId }: AccountSnapshot): boolean =>
  organization.known && organization.value !== null && organization.value.managementAccountId !== accountId;
