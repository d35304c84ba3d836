import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { type Finding, findingsOf, fits } from '../../access-analyzer/findings.ts';
import { awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { accountAt, withAccount } from '../../cloud-state.ts';
import { cloudOperation, type Operation } from '../../operation.ts';
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

/** `access-analyzer:ListFindingsV2`. */
const listFindings = reading(
  cloudOperation(
    'access-analyzer:ListFindingsV2',
    ofAnalyzer.extend({
      filter: filterInput.default({}),
      maxResults: z.int().min(1).default(100),
      nextToken: z.string().optional(),
    }),
    (cloud, { analyzerArn, filter, maxResults, nextToken }, call) => {
      const state = accountAt(cloud, call.account);
      const analyzer = findAnalyzer(state, analyzerArn, call);
      if (!analyzer.ok) return analyzer;
      const findings = findingsOf(cloud, state, analyzer.value, call.now).filter(({ properties }) =>
        fits(filter, properties),
      );
      const from = (key: string) => findings.map((each) => [each.id, each] as const).filter(([id]) => id >= key);
      const cut = cutPage('ListFindingsV2', nextToken, Math.min(maxResults, 100), from);
      if (cut === null) {
        return awsError('ValidationException', 'Invalid nextToken', { reason: 'fieldValidationFailed' });
      }
      return ok({
        cloud,
        answer: { findings: cut.items.map((each) => summaryView(each, call)), nextToken: cut.next },
      });
    },
    refuse,
  ),
);

/** `access-analyzer:GetFindingV2`. */
const getFinding = reading(
  cloudOperation(
    'access-analyzer:GetFindingV2',
    ofAnalyzer.extend({ id: z.string() }),
    (cloud, { analyzerArn, id }, call) => {
      const state = accountAt(cloud, call.account);
      const analyzer = findAnalyzer(state, analyzerArn, call);
      if (!analyzer.ok) return analyzer;
      const found = findingsOf(cloud, state, analyzer.value, call.now).find((finding) => finding.id === id);
      if (found === undefined) return noSuch(id, 'finding');
      return ok({ cloud, answer: { ...summaryView(found, call), findingDetails: [found.details] } });
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
export const findingOperations = [listFindings, getFinding, updateFindings];
