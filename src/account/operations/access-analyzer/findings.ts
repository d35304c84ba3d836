import { z } from 'zod';
import { compareText } from '../../../kernel/compare-text.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type Finding, findingsOf, fits, propertyOf } from '../../access-analyzer/findings.ts';
import type { AnalyzerState } from '../../analyzer-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { accountAt, type CloudState, withAccount } from '../../cloud-state.ts';
import { type Answer, cloudOperation, cloudReadOperation } from '../../operation.ts';
import { cutPage, wholeList } from '../page.ts';
import {
  filterInput,
  findAnalyzer,
  INVALID_TOKEN,
  isExternal,
  noSuch,
  ofAnalyzerArn,
  pageOf,
  paging,
  refuse,
  WRONG_TYPE,
  withAnalyzer,
} from './analyzer-operation.ts';

/** An analyzer and what it finds, where it is of a type that an operation takes. */
export const readFindings = (
  cloud: CloudState,
  analyzerArn: string,
  call: Call,
  takes: (analyzer: AnalyzerState) => boolean = () => true,
): Result<{ readonly analyzer: AnalyzerState; readonly findings: readonly Finding[] }, AwsError> => {
  const state = accountAt(cloud, call.account);
  const analyzer = findAnalyzer(state, analyzerArn, call);
  if (!analyzer.ok) return analyzer;
  if (!takes(analyzer.value)) return WRONG_TYPE;
  return ok({ analyzer: analyzer.value, findings: findingsOf(cloud, state, analyzer.value, call.now) });
};

const summaryView = ({ details: _, properties: __, createdAt, ...finding }: Finding, { now }: Call) => ({
  ...finding,
  createdAt,
  updatedAt: createdAt,
  analyzedAt: now,
});

/** The first version of the operations tells of external access, flat, and knows no other findings. */
const flatView = (finding: Finding, call: Call) => {
  const { findingType: _, ...summary } = summaryView(finding, call);
  return { ...summary, ...finding.details[0]?.['externalAccessDetails'] };
};

/** What an operation on findings tells of each, and which analyzers it takes. */
interface Telling {
  readonly view: (finding: Finding, call: Call) => object;
  readonly takes: (analyzer: AnalyzerState) => boolean;
}

const whole: Telling = { view: summaryView, takes: () => true };
const flat: Telling = { view: flatView, takes: isExternal };

const sortInput = z.object({ attributeName: z.string().optional(), orderBy: z.enum(['ASC', 'DESC']).default('ASC') });

const listing = (name: string, { view, takes }: Telling) =>
  cloudReadOperation(
    `access-analyzer:${name}`,
    ofAnalyzerArn.extend({ ...paging.shape, filter: filterInput.default({}), sort: sortInput.optional() }),
    (cloud, { analyzerArn, filter, sort, ...rest }, call) => {
      const read = readFindings(cloud, analyzerArn, call, takes);
      if (!read.ok) return read;
      const found = read.value.findings.filter((finding) => fits(filter, finding));
      const views = sorted(found, sort).map((finding) => view(finding, call));
      return pageOf(name, 'findings', views, rest);
    },
    refuse,
  );

const sorted = (findings: readonly Finding[], sort: z.output<typeof sortInput> | undefined): readonly Finding[] => {
  const name = sort?.attributeName;
  if (sort === undefined || name === undefined) return findings;
  const textOf = (finding: Finding): string =>
    /^(?:created|updated)At$/.test(name) ? finding.createdAt : propertyOf(finding, name).join();
  const sign = sort.orderBy === 'ASC' ? 1 : -1;
  return findings.toSorted((one, other) => sign * compareText(textOf(one), textOf(other)));
};

/** A finding of an analyzer, by its id. */
export const ofFinding = ofAnalyzerArn.extend({ id: z.string() });

/** A finding of an analyzer, or AWS's refusal. */
export const findFinding = (findings: readonly Finding[], id: string): Result<Finding, AwsError> => {
  const found = findings.find((finding) => finding.id === id);
  return found === undefined ? noSuch(id, 'finding') : ok(found);
};

/** `access-analyzer:GetFinding`. */
const getFinding = cloudReadOperation(
  'access-analyzer:GetFinding',
  ofFinding,
  (cloud, { analyzerArn, id }, call) => {
    const read = readFindings(cloud, analyzerArn, call, flat.takes);
    const finding = read.ok ? findFinding(read.value.findings, id) : err(read.error);
    return finding.ok ? ok({ finding: flatView(finding.value, call) }) : finding;
  },
  refuse,
);

/** `access-analyzer:GetFindingV2`: its details in pages. */
const getFindingV2 = cloudReadOperation(
  'access-analyzer:GetFindingV2',
  ofFinding.extend(paging.shape),
  (cloud, { analyzerArn, id, maxResults, nextToken }, call): Result<Answer, AwsError> => {
    const read = readFindings(cloud, analyzerArn, call);
    const finding = read.ok ? findFinding(read.value.findings, id) : err(read.error);
    if (!finding.ok) return finding;
    const cut = cutPage('GetFindingV2', nextToken, Math.min(maxResults, 100), wholeList(finding.value.details));
    if (cut === null) return INVALID_TOKEN;
    return ok({ ...summaryView(finding.value, call), findingDetails: cut.items, nextToken: cut.next });
  },
  refuse,
);

/** `access-analyzer:UpdateFindings`: archives findings by hand, or makes them active again. */
const updateFindings = cloudOperation(
  'access-analyzer:UpdateFindings',
  ofAnalyzerArn.extend({
    status: z.enum(['ACTIVE', 'ARCHIVED']),
    ids: z.array(z.string()).optional(),
    resourceArn: z.string().optional(),
  }),
  (cloud, { analyzerArn, status, ids = [], resourceArn }, call) => {
    const read = readFindings(cloud, analyzerArn, call);
    if (!read.ok) return read;
    const { analyzer, findings } = read.value;
    if (ids.length === 0 && resourceArn === undefined) {
      const message = 'Either ids or resourceArn must be specified.';
      return awsError('ValidationException', message, { reason: 'fieldValidationFailed' });
    }
    const unknown = ids.find((id) => !findFinding(findings, id).ok);
    if (unknown !== undefined) return noSuch(unknown, 'finding');
    const meant = findings.filter(({ id, resource }) => ids.includes(id) || resource === resourceArn);
    const statuses = new Map([...analyzer.statuses, ...meant.map(({ id }) => [id, status] as const)]);
    const state = withAnalyzer(accountAt(cloud, call.account), { ...analyzer, statuses });
    return ok({ cloud: withAccount(cloud, state), answer: {} });
  },
  refuse,
);

/** The operations of Access Analyzer on findings. */
export const findingOperations = [
  listing('ListFindings', flat),
  listing('ListFindingsV2', whole),
  getFinding,
  getFindingV2,
  updateFindings,
];
