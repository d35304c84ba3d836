import { z } from 'zod';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type Finding, fits, previewOf } from '../../access-analyzer/findings.ts';
import { previewedResource } from '../../access-analyzer/previewed-resource.ts';
import type { AccessPreviewState, AnalyzerState } from '../../analyzer-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { accountAt } from '../../cloud-state.ts';
import { cloudReadOperation, operation, readOperation } from '../../operation.ts';
import { newUuid } from '../../unique-id.ts';
import {
  filterInput,
  findAnalyzer,
  isExternal,
  noSuch,
  ofAnalyzerArn,
  pageOf,
  paging,
  refuse,
  WRONG_TYPE,
  withAnalyzer,
} from './analyzer-operation.ts';
import { readFindings } from './findings.ts';

/** `access-analyzer:CreateAccessPreview`: of one resource, there or still to come. */
const createAccessPreview = operation(
  'access-analyzer:CreateAccessPreview',
  ofAnalyzerArn.extend({ configurations: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  (state, { analyzerArn, configurations }, call) => {
    const analyzer = findAnalyzer(state, analyzerArn, call);
    if (!analyzer.ok) return analyzer;
    if (!isExternal(analyzer.value)) return WRONG_TYPE;
    const [entry, ...others] = Object.entries(configurations);
    if (entry === undefined || others.length > 0 || previewedResource(...entry) === null) {
      const message = 'The configuration must describe one resource of a type that the account can hold.';
      return awsError('ValidationException', message, { reason: 'fieldValidationFailed' });
    }
    const id = newUuid(call.random);
    const previews = new Map([...(analyzer.value.previews ?? []), [id, { id, createdAt: call.now, configurations }]]);
    return ok({ state: withAnalyzer(state, { ...analyzer.value, previews }), answer: { id } });
  },
  refuse,
);

const findPreview = ({ previews }: AnalyzerState, id: string): Result<AccessPreviewState, AwsError> => {
  const preview = previews?.get(id);
  return preview === undefined ? noSuch(id, 'access-preview') : ok(preview);
};

const ofPreview = ofAnalyzerArn.extend({ accessPreviewId: z.string() });

const summaryOf = ({ id, createdAt }: AccessPreviewState, { arn }: AnalyzerState) => ({
  id,
  analyzerArn: arn,
  createdAt,
  status: 'COMPLETED',
});

/** `access-analyzer:GetAccessPreview`. */
const getAccessPreview = readOperation(
  'access-analyzer:GetAccessPreview',
  ofPreview,
  (state, { analyzerArn, accessPreviewId }, call) => {
    const analyzer = findAnalyzer(state, analyzerArn, call);
    if (!analyzer.ok) return analyzer;
    const preview = findPreview(analyzer.value, accessPreviewId);
    if (!preview.ok) return preview;
    const { configurations } = preview.value;
    return ok({ accessPreview: { ...summaryOf(preview.value, analyzer.value), configurations } });
  },
  refuse,
);

/** `access-analyzer:ListAccessPreviews`: the latest first. */
const listAccessPreviews = readOperation(
  'access-analyzer:ListAccessPreviews',
  ofAnalyzerArn.extend(paging.shape),
  (state, { analyzerArn, ...rest }, call) => {
    const analyzer = findAnalyzer(state, analyzerArn, call);
    if (!analyzer.ok) return analyzer;
    const previews = [...(analyzer.value.previews?.values() ?? [])].toReversed();
    const views = previews.map((preview) => summaryOf(preview, analyzer.value));
    return pageOf('ListAccessPreviews', 'accessPreviews', views, rest);
  },
  refuse,
);

/** `access-analyzer:ListAccessPreviewFindings`: what would be found, beside what is. */
const listAccessPreviewFindings = cloudReadOperation(
  'access-analyzer:ListAccessPreviewFindings',
  ofPreview.extend({ ...paging.shape, filter: filterInput.default({}) }),
  (cloud, { analyzerArn, accessPreviewId, filter, ...rest }, call) => {
    const read = readFindings(cloud, analyzerArn, call, isExternal);
    if (!read.ok) return read;
    const { analyzer, findings } = read.value;
    const preview = findPreview(analyzer, accessPreviewId);
    if (!preview.ok) return err(preview.error);
    const state = accountAt(cloud, call.account);
    const views = Object.entries(preview.value.configurations).flatMap(([arn, configuration]) => {
      const resource = previewedResource(arn, configuration);
      const after = resource === null ? [] : previewOf(cloud, state, analyzer, call.now, resource);
      const before = findings.filter((finding) => finding.resource === arn);
      return changes(before, after)
        .filter(({ finding }) => fits(filter, finding))
        .map((change) => ({ ...viewOf(change), createdAt: preview.value.createdAt }));
    });
    return pageOf('ListAccessPreviewFindings', 'findings', views, rest);
  },
  refuse,
);

/** A finding as it would be, and as it is. */
interface Change {
  readonly finding: Finding;
  readonly existing: Finding | undefined;
  readonly changeType: 'NEW' | 'CHANGED' | 'UNCHANGED';
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'RESOLVED';
}

/** Source: "Preview access", section "Finding change types", IAM User Guide. */
const changes = (before: readonly Finding[], after: readonly Finding[]): readonly Change[] => {
  const remaining = after.map((finding): Change => {
    const { status } = finding;
    const existing = before.find(({ id }) => id === finding.id);
    if (existing === undefined) return { finding, existing, changeType: 'NEW', status };
    const isSame = JSON.stringify(existing.details) === JSON.stringify(finding.details);
    return { finding, existing, changeType: isSame ? 'UNCHANGED' : 'CHANGED', status };
  });
  const gone = before.filter(({ id }) => !after.some((finding) => finding.id === id));
  return [
    ...remaining,
    ...gone.map((finding): Change => {
      return { finding, existing: finding, changeType: 'CHANGED', status: 'RESOLVED' };
    }),
  ];
};

const viewOf = ({ finding, existing, changeType, status }: Change) => ({
  id: finding.id,
  ...(existing && { existingFindingId: existing.id, existingFindingStatus: existing.status }),
  ...finding.details[0]?.['externalAccessDetails'],
  resource: finding.resource,
  resourceType: finding.resourceType,
  resourceOwnerAccount: finding.resourceOwnerAccount,
  changeType,
  status,
});

/** The operations of Access Analyzer on access previews. */
export const accessPreviewOperations = [
  createAccessPreview,
  getAccessPreview,
  listAccessPreviews,
  listAccessPreviewFindings,
];
