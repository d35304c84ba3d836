import { err, ok, type Result } from '../../../kernel/result.ts';
import type { Finding } from '../../access-analyzer/findings.ts';
import { recommendedPolicy } from '../../access-analyzer/recommended-policy.ts';
import { unusedServicesOf } from '../../access-analyzer/unused-permissions.ts';
import type { AccountState } from '../../account-state.ts';
import { type AnalyzerState, DEFAULT_UNUSED_ACCESS_AGE } from '../../analyzer-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { accountAt, type CloudState, withAccount } from '../../cloud-state.ts';
import { cloudOperation, cloudReadOperation } from '../../operation.ts';
import { policiesOfHolder } from '../../simulate/source-policies.ts';
import { cutPage, wholeList } from '../page.ts';
import { findPolicySource } from '../policy-source.ts';
import { INVALID_TOKEN, noSuch, paging, refuse, withAnalyzer } from './analyzer-operation.ts';
import { findFinding, ofFinding, readFindings } from './findings.ts';

/** A finding of unused permissions, with its analyzer. */
const findUnusedPermission = (
  cloud: CloudState,
  { analyzerArn, id }: { readonly analyzerArn: string; readonly id: string },
  call: Call,
): Result<{ readonly analyzer: AnalyzerState; readonly finding: Finding }, AwsError> => {
  const read = readFindings(cloud, analyzerArn, call);
  const finding = read.ok ? findFinding(read.value.findings, id) : err(read.error);
  if (!read.ok || !finding.ok) return finding.ok ? noSuch(id, 'finding') : finding;
  if (finding.value.findingType === 'UnusedPermission')
    return ok({ analyzer: read.value.analyzer, finding: finding.value });
  const message = 'Recommendations are only supported for findings of type UnusedPermission.';
  return awsError('ValidationException', message, { reason: 'notSupported' });
};

/** `access-analyzer:GenerateFindingRecommendation`. */
const generateFindingRecommendation = cloudOperation(
  'access-analyzer:GenerateFindingRecommendation',
  ofFinding,
  (cloud, input, call) => {
    const found = findUnusedPermission(cloud, input, call);
    if (!found.ok) return found;
    const { analyzer } = found.value;
    const recommendations = new Map([...(analyzer.recommendations ?? []), [input.id, call.now]]);
    const state = withAnalyzer(accountAt(cloud, call.account), { ...analyzer, recommendations });
    return ok({ cloud: withAccount(cloud, state), answer: {} });
  },
  refuse,
);

/** `access-analyzer:GetFindingRecommendation`: what to do with each policy of which something is unused. */
const getFindingRecommendation = cloudReadOperation(
  'access-analyzer:GetFindingRecommendation',
  ofFinding.extend(paging.shape),
  (cloud, { maxResults, nextToken, ...input }, call) => {
    const found = findUnusedPermission(cloud, input, call);
    if (!found.ok) return found;
    const { analyzer, finding } = found.value;
    const startedAt = analyzer.recommendations?.get(input.id);
    if (startedAt === undefined) return noSuch(input.id, 'finding-recommendation');
    const steps = stepsFor(accountAt(cloud, call.account), finding, analyzer, call);
    const cut = cutPage('GetFindingRecommendation', nextToken, Math.min(maxResults, 100), wholeList(steps));
    if (cut === null) return INVALID_TOKEN;
    return ok({
      startedAt,
      completedAt: startedAt,
      resourceArn: finding.resource,
      recommendationType: 'UnusedPermissionRecommendation',
      recommendedSteps: cut.items,
      status: 'SUCCEEDED',
      nextToken: cut.next,
    });
  },
  refuse,
);

/** First the policies to be made, then those whose place they take. */
const stepsFor = (state: AccountState, { resource }: Finding, analyzer: AnalyzerState, { now }: Call) => {
  const holder = findPolicySource(state, resource);
  const unused = unusedServicesOf(state, resource, analyzer.unusedAccessAgeDays ?? DEFAULT_UNUSED_ACCESS_AGE, now);
  const changed = (holder.ok ? policiesOfHolder(state, holder.value) : [])
    .map(({ origin, document }) => {
      const id = origin?.kind === 'managed' ? origin.arn : origin?.policyName;
      return { id, document, recommended: recommendedPolicy(document, unused) };
    })
    .filter(({ document, recommended }) => recommended !== document);
  return [
    ...changed.flatMap(({ id, recommended }) =>
      recommended === null
        ? []
        : [{ recommendedAction: 'CREATE_POLICY', recommendedPolicy: recommended, existingPolicyId: id }],
    ),
    ...changed.map(({ id }) => ({ recommendedAction: 'DETACH_POLICY', existingPolicyId: id })),
  ].map((step) => ({ unusedPermissionsRecommendedStep: step }));
};

/** The operations of Access Analyzer that say what to do about findings. */
export const recommendationOperations = [generateFindingRecommendation, getFindingRecommendation];
