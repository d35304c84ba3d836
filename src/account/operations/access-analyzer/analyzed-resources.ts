import { z } from 'zod';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type Guarded, guardedResources } from '../../access-analyzer/external-access.ts';
import type { Finding } from '../../access-analyzer/findings.ts';
import type { AccountState } from '../../account-state.ts';
import type { AnalyzerState } from '../../analyzer-state.ts';
import type { AwsError } from '../../aws-error.ts';
import { accountAt } from '../../cloud-state.ts';
import { cloudReadOperation, readOperation } from '../../operation.ts';
import {
  findAnalyzer,
  isExternal,
  noSuch,
  ofAnalyzerArn,
  pageOf,
  paging,
  refuse,
  WRONG_TYPE,
} from './analyzer-operation.ts';
import { readFindings } from './findings.ts';

const findGuarded = (state: AccountState, { region }: AnalyzerState, arn: string): Result<Guarded, AwsError> => {
  const found = guardedResources({ state, region }).find((resource) => resource.arn === arn);
  return found === undefined ? noSuch(arn, 'resource') : ok(found);
};

/** `access-analyzer:ListAnalyzedResources`: by ARN. */
const listAnalyzedResources = readOperation(
  'access-analyzer:ListAnalyzedResources',
  ofAnalyzerArn.extend({ ...paging.shape, resourceType: z.string().startsWith('AWS::').optional() }),
  (state, { analyzerArn, resourceType, ...rest }, call) => {
    const analyzer = findAnalyzer(state, analyzerArn, call);
    if (!analyzer.ok) return analyzer;
    if (!isExternal(analyzer.value)) return WRONG_TYPE;
    const views = guardedResources({ state, region: analyzer.value.region })
      .filter(({ type }) => resourceType === undefined || type === resourceType)
      .map(({ arn, type }) => ({
        resourceArn: arn,
        resourceOwnerAccount: state.accountId,
        resourceType: type,
      }))
      .toSorted((one, other) => (one.resourceArn < other.resourceArn ? -1 : 1));
    return pageOf('ListAnalyzedResources', 'analyzedResources', views, rest);
  },
  refuse,
);

const ofResource = ofAnalyzerArn.extend({ resourceArn: z.string().regex(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.*$/) });

/** `access-analyzer:GetAnalyzedResource`. */
const getAnalyzedResource = cloudReadOperation(
  'access-analyzer:GetAnalyzedResource',
  ofResource,
  (cloud, { analyzerArn, resourceArn }, call) => {
    const read = readFindings(cloud, analyzerArn, call, isExternal);
    if (!read.ok) return read;
    const state = accountAt(cloud, call.account);
    const guarded = findGuarded(state, read.value.analyzer, resourceArn);
    if (!guarded.ok) return err(guarded.error);
    const findings = read.value.findings.filter(({ resource }) => resource === resourceArn);
    const { createdAt } = read.value.analyzer;
    const resource = {
      resourceArn,
      resourceType: guarded.value.type,
      resourceOwnerAccount: state.accountId,
      createdAt,
      updatedAt: createdAt,
      analyzedAt: call.now,
      isPublic: findings.some(({ properties }) => properties['isPublic']?.includes('true')),
      ...sharing(findings),
    };
    return ok({ resource });
  },
  refuse,
);

/** What is told of a resource that somebody outside has access to. */
const sharing = (findings: readonly Finding[]) => {
  if (findings.length === 0) return {};
  const actions = [...new Set(findings.flatMap(({ properties }) => properties['action'] ?? []))].toSorted();
  const status = findings.some((finding) => finding.status === 'ACTIVE') ? 'ACTIVE' : 'ARCHIVED';
  return { actions, sharedVia: ['POLICY'], status };
};

/** `access-analyzer:StartResourceScan`: what is found is always up to date. */
const startResourceScan = readOperation(
  'access-analyzer:StartResourceScan',
  ofResource,
  (state, { analyzerArn, resourceArn }, call) => {
    const analyzer = findAnalyzer(state, analyzerArn, call);
    if (!analyzer.ok) return analyzer;
    if (!isExternal(analyzer.value)) return WRONG_TYPE;
    const guarded = findGuarded(state, analyzer.value, resourceArn);
    return guarded.ok ? ok({}) : guarded;
  },
  refuse,
);

/** The operations of Access Analyzer on the resources that it looks at. */
export const analyzedResourceOperations = [listAnalyzedResources, getAnalyzedResource, startResourceScan];
