import type { Resource } from '../../../snapshot/resource.ts';
import { defineCheck } from '../../define-check.ts';
import { actionsByLevel, namesOf, whenAny } from '../../exposure/exposed-actions.ts';
import { judgeResources, unjudged } from '../../exposure/exposed-resources.ts';
import type { ExposedTo } from '../../exposure/read-exposure.ts';
import { sourceKeysSentTo } from '../../exposure/source-keys.ts';
import { conditionsOf } from '../../facts/conditions.ts';

/** A resource lets in a service of AWS, whomever it acts for. */
export const resourceAllowsServiceWithoutSource = defineCheck({
  id: 'resource-allows-service-without-source',
  title: 'Resource can be used through a service by customers of other accounts',
  category: 'external',
  severity: 'medium',
  resourceType: 'Resource',
  reads: ['resources', 'organization'],
  doc: {
    what: 'Whether the policy of a resource lets in a service of AWS on behalf of whatever account. Only services that send aws:SourceArn or aws:SourceAccount with their calls are judged; no others could be held to them.',
    risk: 'Whoever sets up the service in an account of its own can have it read from or write to the resource (confused deputy).',
    remediation: [
      'Ask for aws:SourceAccount with your account, or for aws:SourceArn with the resource that the service acts for.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
  },
  frameworks: [],
  defaults: {},

  run: (snapshot, { exposureOf }) =>
    judgeResources(snapshot, exposureOf, function* (resource, exposure, gap) {
      if (gap !== null) yield unjudged(resource.arn, gap);
      for (const admitted of exposure.outsiders) {
        if (admitted.outsider.kind !== 'service') continue;
        const { service } = admitted.outsider;
        const keys = service === null ? null : sourceKeysSentTo(resource.service, service);
        if (keys === null && (service !== null || !asksForSource(admitted))) continue;
        yield judge(resource, service ?? '*', admitted, keys, snapshot.accountId);
      }
    }),

  summary: ({ principal }, { arn }) =>
    `${principal === '*' ? 'Any service of AWS' : `Service ${principal}`} may use ${arn} on behalf of any account.`,
});

const judge = (
  resource: Resource,
  principal: string,
  { actions }: ExposedTo,
  keys: readonly string[] | null,
  accountId: string,
) => {
  const open = actions.filter(({ toStrangers }) => toStrangers.kind === 'true');
  const subject = { arn: resource.arn, part: principal };
  const evidence = { principal, sends: keys ?? [], actions: actionsByLevel(open) };
  if (open.length === 0) return { subject, outcome: 'pass' as const, evidence };
  return {
    subject,
    outcome: 'fail' as const,
    ...(keys === null ? {} : { remediation: remediation(keys, accountId) }),
    ...conditionsOf(whenAny(open)),
    evidence,
    external: { principal, kind: 'service' as const, resource: resource.arn, actions: namesOf(open) },
  };
};

const remediation = (keys: readonly string[], accountId: string): readonly string[] => [
  `Ask for ${keys.join(' or ')} in the statement: ${accountId} as the account, or the ARN of the resource that the service acts for.`,
];

/** Whether everybody is let in who acts for a resource: as no caller but a service can. */
const asksForSource = ({ actions }: ExposedTo): boolean =>
  actions.some(({ when }) => /"aws:source(?:arn|account|owner|org)/.test(when.id));
