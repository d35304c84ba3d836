import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { type Finding, findingsOf, fits } from '../../access-analyzer/findings.ts';
import { awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { accountAt, withAccount } from '../../cloud-state.ts';
import { type Answer, cloudOperation, type Operation } from '../../operation.ts';
import { cutPage } from '../page.ts';
import { filterInput, findAnalyzer, noSuch, refuse, withAnalyzer } from './analyzer-operation.ts';

const ofAnalyzer = z.object({ analyzerArn: z.string().regex(/^[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:analyzer\/.{1,255}$/) });

const summaryView = ({ details: _, properties: __, createdAt, ...finding }: Finding, { now }: Call) => ({
  ...finding,
  createdAt,
  updatedAt: createdAt,
  analyzedAt: now,
});

const reading = (operation: Operation): Operation => ({ ...operation, readOnly: true });

/** The first version of the operations tells of external access, flat, and knows no other findings. */
const flatView = (finding: Finding, call: Call) => {
  const { findingType: _, ...summary } = summaryView(finding, call);
  return { ...summary, ...finding.details['externalAccessDetails'] };
};

/** What an operation on findings tells of each, and whether it takes analyzers of a type. */
interface Telling {
  readonly view: (finding: Finding, call: Call) => object;
  readonly takes: (analyzerType: string) => boolean;
}

const whole: Telling = { view: summaryView, takes: () => true };
const flat: Telling = { view: flatView, takes: (type) => !type.endsWith('UNUSED_ACCESS') };

const wrongType = awsError('ValidationException', 'Operation is not supported for the requested Analyzer Type', {
  reason: 'other',
});

const listing = (name: string, { view, takes }: Telling): Operation =>
  reading(
    cloudOperation(
      `access-analyzer:${name}`,
      ofAnalyzer.extend({
        filter: filterInput.default({}),
        maxResults: z.int().min(1).default(100),
        nextToken: z.string().optional(),
      }),
      (cloud, { analyzerArn, filter, maxResults, nextToken }, call) => {
        const state = accountAt(cloud, call.account);
        const analyzer = findAnalyzer(state, analyzerArn, call);
        if (!analyzer.ok) return analyzer;
        if (!takes(analyzer.value.type)) return wrongType;
        const findings = findingsOf(cloud, state, analyzer.value, call.now).filter(({ properties }) =>
          fits(filter, properties),
        );
        const from = (key: string) => findings.map((each) => [each.id, each] as const).filter(([id]) => id >= key);
        const cut = cutPage(name, nextToken, Math.min(maxResults, 100), from);
        if (cut === null) {
          return awsError('ValidationException', 'Invalid nextToken', { reason: 'fieldValidationFailed' });
        }
        return ok({ cloud, answer: { findings: cut.items.map((each) => view(each, call)), nextToken: cut.next } });
      },
      refuse,
    ),
  );

const getting = (name: string, { takes }: Telling, view: (finding: Finding, call: Call) => Answer): Operation =>
  reading(
    cloudOperation(
      `access-analyzer:${name}`,
      ofAnalyzer.extend({ id: z.string() }),
      (cloud, { analyzerArn, id }, call) => {
        const state = accountAt(cloud, call.account);
        const analyzer = findAnalyzer(state, analyzerArn, call);
        if (!analyzer.ok) return analyzer;
        if (!takes(analyzer.value.type)) return wrongType;
        const found = findingsOf(cloud, state, analyzer.value, call.now).find((finding) => finding.id === id);
        return found === undefined ? noSuch(id, 'finding') : ok({ cloud, answer: view(found, call) });
      },
      refuse,
    ),
  );

/** `access-analyzer:UpdateFindings`: archives findings by hand, or makes them active again. */
const updateFindings = cloudOperation(
  'access-analyzer:UpdateFindings',
  ofAnalyzer.extend({
    status: z.enum(['ACTIVE', 'ARCHIVED']),
    ids: z.array(z.string()).optional(),
    resourceArn: z.string().optional(),
  }),
  (cloud, { analyzerArn, status, ids, resourceArn }, call) => {
    const state = accountAt(cloud, call.account);
    const analyzer = findAnalyzer(state, analyzerArn, call);
    if (!analyzer.ok) return analyzer;
    const meant = findingsOf(cloud, state, analyzer.value, call.now).filter(
      ({ id, resource }) => ids?.includes(id) === true || resource === resourceArn,
    );
    const statuses = new Map([...analyzer.value.statuses, ...meant.map(({ id }) => [id, status] as const)]);
    return ok({ cloud: withAccount(cloud, withAnalyzer(state, { ...analyzer.value, statuses })), answer: {} });
  },
  refuse,
);

/** The operations of Access Analyzer on findings. */
export const findingOperations = [
  listing('ListFindings', flat),
  listing('ListFindingsV2', whole),
  getting('GetFinding', flat, (finding, call) => ({ finding: flatView(finding, call) })),
  getting('GetFindingV2', whole, (finding, call) => ({
    ...summaryView(finding, call),
    findingDetails: [finding.details],
  })),
  updateFindings,
];
