import { iamArn } from '../../../iam/arn.ts';
import type { AnalyzerExternalAccess, AnalyzerFinding } from '../../../snapshot/access-analyzer.ts';
import type { AccountSnapshot } from '../../../snapshot/account-snapshot.ts';
import { ownView, principalName, roleOrResource } from '../../access-analyzer/own-view.ts';
import type { CheckTools } from '../../check-tools.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { unreadTrustGap } from '../../facts/unread-policy.ts';
import { isOfOwnOrganization, isTrusted } from '../../trust/trusted-accounts.ts';

/** IAM Access Analyzer tells of access from outside that the policies as they were read do not grant. */
export const resourceOpenByAccessAnalyzerAlone = defineCheck({
  id: 'resource-open-by-access-analyzer-alone',
  title: 'Access Analyzer finds access from outside that nothing else tells of',
  category: 'external',
  severity: 'low',
  resourceType: ['Role', 'Resource'],
  reads: [...ACCESS_PARTS, 'accessAnalyzer'],
  doc: {
    what: 'Holds the active findings of external access of IAM Access Analyzer against the policies of the snapshot. A finding passes where the policy lets in its principal as well, and where that is a declared account or one of the own organization. Otherwise the resource was not read (`notRead`), worse where it is public, or its policy as it was read lets nobody in (`closed`).',
    risk: 'The access is real unless the policy has changed since, and no other check judges it.',
    remediation: [
      'Look at the finding in Access Analyzer, and take the access away or archive it.',
      'Have the resource collected, so that its policy is judged.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings.html'],
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
    for (const finding of findings.value) {
      if (finding.findingType !== 'ExternalAccess' || finding.status !== 'ACTIVE') continue;
      const subject = { arn: finding.resource, part: finding.id };
      const thing = roleOrResource(snapshot, finding.resource);
      const gap = thing !== null && 'roleName' in thing ? unreadTrustGap(thing) : null;
      if (gap !== null) yield { subject, outcome: 'unknown', gap };
      else yield* finding.external.map((told) => ({ subject, ...judge(finding, told, snapshot, tools) }));
    }
  },

  summary: ({ principal, ours }, { arn }) =>
    `Access Analyzer says that ${principal === '*' ? 'anybody' : principal} can get at ${arn}${ours === 'notRead' ? ', which was not read' : ', and its policy as it was read does not'}.`,
});

const judge = (
  { resource, resourceType }: AnalyzerFinding,
  { principal: named, actions, isPublic, condition }: AnalyzerExternalAccess,
  snapshot: AccountSnapshot,
  tools: CheckTools,
) => {
  const principal = principalName([...named.values()][0] ?? '*');
  const thing = roleOrResource(snapshot, resource);
  const ours = thing === null ? 'notRead' : ownView(thing, principal, tools);
  const account = /^\d{12}$/.exec(principal)?.[0] ?? /^arn:[^:]*:[^:]*::(\d{12}):/.exec(principal)?.[1] ?? '';
  const isFriend =
    isTrusted(tools.trustedAccounts, account, tools.now) || isOfOwnOrganization(snapshot, account) === 'yes';
  return {
    outcome: ours === 'same' || isFriend ? ('pass' as const) : ('fail' as const),
    ...(isPublic && ours === 'notRead' ? { severity: 'high' as const } : {}),
    evidence: { principal, ours, resourceType, actions, isPublic, condition: Object.fromEntries(condition) },
    external: { principal, kind: kindOf(principal, named), resource, actions },
  };
};

const kindOf = (principal: string, named: ReadonlyMap<string, string>) => {
  if (principal === '*') return 'public' as const;
  return named.has('Federated') ? ('federated' as const) : ('account' as const);
};
