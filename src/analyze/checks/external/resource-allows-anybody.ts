import type { Severity } from '../../../finding/check-result.ts';
import type { AccessLevel } from '../../../reference/service-reference.ts';
import type { CollectionGap } from '../../../snapshot/collected.ts';
import type { Resource } from '../../../snapshot/resource.ts';
import { defineCheck } from '../../define-check.ts';
import { actionsByLevel, milder, namesOf, severityOf, whenAny } from '../../exposure/exposed-actions.ts';
import { judgeResources, unjudged } from '../../exposure/exposed-resources.ts';
import type { ExposedAction, Exposure } from '../../exposure/read-exposure.ts';
import { conditionsOf } from '../../facts/conditions.ts';

/** A resource lets in everybody, by its own policy. */
export const resourceAllowsAnybody = defineCheck({
  id: 'resource-allows-anybody',
  title: 'Resource is open to everybody',
  category: 'external',
  severity: 'critical',
  resourceType: 'Resource',
  reads: ['resources', 'organization'],
  doc: {
    what: 'Whether the policy of a resource lets in a stranger: one that does not sign, or of whatever account. Conditions count as far as they shut strangers out: an organization, an account, a VPC endpoint or a network does; aws:Referer, aws:UserAgent, aws:SourceIp for all addresses and wildcards do not. So do S3 Block Public Access and RCPs.',
    risk: 'Anybody in the world can read, use or change the resource.',
    remediation: [
      'Name the accounts, roles or services that need the resource as principals of its policy.',
      'Where a whole organization needs it, ask for aws:PrincipalOrgID.',
      'Of S3, turn on Block Public Access for the account.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    ],
  },
  frameworks: ['cis-aws-7.0:2.21'],
  defaults: {},

  run: (snapshot, { exposureOf }) => judgeResources(snapshot, exposureOf, judge),

  summary: ({ actions, unsigned, conditions }, { arn }) =>
    `Anybody ${unsigned ? 'in the world' : 'with an AWS account'} can ${verbOf(actions)} ${arn}${conditions ? ' under conditions that do not name whom' : ''}.`,
});

function* judge(resource: Resource, exposure: Exposure, gap: CollectionGap | null) {
  const subject = { arn: resource.arn };
  const open = openActions(exposure);
  if (open.length === 0 && gap !== null) {
    yield unjudged(resource.arn, gap);
    return;
  }
  const confined = open.length > 0 && open.every(({ toStrangers }) => toStrangers.kind !== 'true');
  const evidence = {
    service: resource.service,
    actions: actionsByLevel(open),
    unsigned: exposure.outsiders.some(({ outsider, actions }) => outsider.kind === 'anonymous' && isOpen(actions)),
    conditions: confined,
  };
  if (open.length === 0) {
    yield { subject, outcome: 'pass' as const, evidence };
    return;
  }
  const severity = severityOf(open, SEVERITIES);
  yield {
    subject,
    outcome: 'fail' as const,
    severity: confined ? milder(severity) : severity,
    ...conditionsOf(whenAny(open)),
    evidence,
    external: { principal: '*', kind: 'public' as const, resource: resource.arn, actions: namesOf(open) },
  };
}

const SEVERITIES: Readonly<Record<AccessLevel, Severity>> = {
  'Permissions management': 'critical',
  Write: 'critical',
  Tagging: 'high',
  Read: 'high',
  List: 'medium',
};

const isOpen = (actions: readonly ExposedAction[]): boolean =>
  actions.some(({ toStrangers }) => toStrangers.kind !== 'false');

const openActions = ({ outsiders }: Exposure): readonly ExposedAction[] =>
  outsiders
    .filter(({ outsider }) => outsider.kind === 'anonymous' || outsider.kind === 'anyAccount')
    .flatMap(({ actions }) => actions.filter(({ toStrangers }) => toStrangers.kind !== 'false'));

const verbOf = (actions: Readonly<Record<string, readonly string[]>>): string => {
  if (actions['Permissions management'] !== undefined) return 'change the permissions of';
  if (actions['Write'] !== undefined || actions['Tagging'] !== undefined) return 'use or change';
  return actions['Read'] === undefined ? 'list' : 'read';
};
