import { z } from 'zod';
import { arnOf } from '../../../iam/arn.ts';
import { ok } from '../../../kernel/result.ts';
import { ANALYZER_TYPES, type AnalyzerState, DEFAULT_UNUSED_ACCESS_AGE } from '../../analyzer-state.ts';
import { awsError } from '../../aws-error.ts';
import { accountAt, withAccount } from '../../cloud-state.ts';
import { cloudOperation, operation, readOperation } from '../../operation.ts';
import { organizationOf } from '../../organization-membership.ts';
import { cutPage } from '../page.ts';
import {
  analyzerKey,
  filterInput,
  findAnalyzer,
  INVALID_TOKEN,
  isExternal,
  name,
  noSuch,
  refuse,
  WRONG_TYPE,
  withAnalyzer,
} from './analyzer-operation.ts';

/** Source: "IAM Access Analyzer quotas". */
const MAX_EXTERNAL_ANALYZERS = 1;

const exclusions = z
  .array(
    z.object({
      accountIds: z.array(z.string()).optional(),
      resourceTags: z.array(z.record(z.string(), z.string())).optional(),
    }),
  )
  .max(100);

const configurationInput = z.object({
  unusedAccess: z
    .object({
      unusedAccessAge: z.int().min(1).max(365).optional(),
      analysisRule: z.object({ exclusions: exclusions.optional() }).optional(),
    })
    .optional(),
});

/** `access-analyzer:CreateAnalyzer`. */
const createAnalyzer = cloudOperation(
  'access-analyzer:CreateAnalyzer',
  z.object({
    analyzerName: name,
    type: z.enum(ANALYZER_TYPES),
    archiveRules: z.array(z.object({ ruleName: name, filter: filterInput })).default([]),
    tags: z.record(z.string(), z.string()).default({}),
    configuration: configurationInput.optional(),
  }),
  (cloud, input, call) => {
    const state = accountAt(cloud, call.account);
    const { analyzerName, type } = input;
    if (type.endsWith('INTERNAL_ACCESS')) {
      const message = 'The emulated account does not analyze internal access.';
      return awsError('ValidationException', message, { reason: 'notSupported' });
    }
    if (type.startsWith('ORGANIZATION') && organizationOf(cloud, call.account) === undefined) {
      const message = 'You must create an organization before you create an analyzer for it.';
      return awsError('ValidationException', message, { reason: 'other' });
    }
    if (state.analyzers.has(analyzerKey(call.region, analyzerName))) {
      return awsError('ConflictException', `An analyzer with the name ${analyzerName} already exists.`, {
        resourceId: analyzerName,
        resourceType: 'analyzer',
      });
    }
    const ofType = [...state.analyzers.values()].filter((each) => each.region === call.region && each.type === type);
    if (ofType.length >= MAX_EXTERNAL_ANALYZERS) {
      return awsError('ServiceQuotaExceededException', 'You have reached the maximum number of analyzers.', {
        resourceId: analyzerName,
        resourceType: 'analyzer',
      });
    }
    const { partition, accountId } = state;
    const analyzer: AnalyzerState = {
      name: analyzerName,
      arn: arnOf({
        partition,
        service: 'access-analyzer',
        region: call.region,
        account: accountId,
        resource: `analyzer/${analyzerName}`,
      }),
      region: call.region,
      type,
      createdAt: call.now,
      unusedAccessAgeDays: type.endsWith('UNUSED_ACCESS')
        ? (input.configuration?.unusedAccess?.unusedAccessAge ?? DEFAULT_UNUSED_ACCESS_AGE)
        : null,
      exclusions: input.configuration?.unusedAccess?.analysisRule?.exclusions,
      tags: new Map(Object.entries(input.tags)),
      archiveRules: input.archiveRules.map((rule) => ({ ...rule, createdAt: call.now, updatedAt: call.now })),
      statuses: new Map(),
    };
    return ok({ cloud: withAccount(cloud, withAnalyzer(state, analyzer)), answer: { arn: analyzer.arn } });
  },
  refuse,
);

const analyzerView = (analyzer: AnalyzerState) => ({
  arn: analyzer.arn,
  name: analyzer.name,
  type: analyzer.type,
  createdAt: analyzer.createdAt,
  status: 'ACTIVE',
  tags: Object.fromEntries(analyzer.tags),
  configuration: configurationView(analyzer),
});

const configurationView = ({ unusedAccessAgeDays, exclusions: left }: AnalyzerState) =>
  unusedAccessAgeDays === null
    ? undefined
    : {
        unusedAccess: {
          unusedAccessAge: unusedAccessAgeDays,
          ...(left && { analysisRule: { exclusions: left } }),
        },
      };

const ofAnalyzer = z.object({ analyzerName: name });

/** `access-analyzer:GetAnalyzer`. */
const getAnalyzer = readOperation(
  'access-analyzer:GetAnalyzer',
  ofAnalyzer,
  (state, { analyzerName }, call) => {
    const analyzer = findAnalyzer(state, analyzerName, call);
    return analyzer.ok ? ok({ analyzer: analyzerView(analyzer.value) }) : analyzer;
  },
  refuse,
);

/** `access-analyzer:ListAnalyzers`: those of the region. */
const listAnalyzers = readOperation(
  'access-analyzer:ListAnalyzers',
  z.object({
    type: z.enum(ANALYZER_TYPES).optional(),
    nextToken: z.string().optional(),
    maxResults: z.int().min(1).max(1000).default(100),
  }),
  (state, { type, nextToken, maxResults }, call) => {
    const cut = cutPage('ListAnalyzers', nextToken, maxResults, function* (from) {
      for (const [key, analyzer] of state.analyzers.entriesWithPrefix(analyzerKey(call.region, ''))) {
        if (key >= from && (type === undefined || analyzer.type === type)) yield [key, analyzer] as const;
      }
    });
    return cut === null ? INVALID_TOKEN : ok({ analyzers: cut.items.map(analyzerView), nextToken: cut.next });
  },
  refuse,
);

/** `access-analyzer:UpdateAnalyzer`: whom it leaves out; how long something may stay unused is said once. */
const updateAnalyzer = operation(
  'access-analyzer:UpdateAnalyzer',
  ofAnalyzer.extend({ configuration: configurationInput.optional() }),
  (state, { analyzerName, configuration }, call) => {
    const analyzer = findAnalyzer(state, analyzerName, call);
    if (!analyzer.ok) return analyzer;
    if (isExternal(analyzer.value)) return WRONG_TYPE;
    const { unusedAccessAge, analysisRule } = configuration?.unusedAccess ?? {};
    if (unusedAccessAge !== undefined && unusedAccessAge !== analyzer.value.unusedAccessAgeDays) {
      const message = 'The unused access age of an analyzer cannot be changed.';
      return awsError('ValidationException', message, { reason: 'notSupported' });
    }
    const updated = { ...analyzer.value, exclusions: analysisRule?.exclusions ?? analyzer.value.exclusions };
    return ok({ state: withAnalyzer(state, updated), answer: { configuration: configurationView(updated) } });
  },
  refuse,
);

/** `access-analyzer:CreateServiceLinkedAnalyzer`: for services of AWS alone. */
const createServiceLinkedAnalyzer = readOperation(
  'access-analyzer:CreateServiceLinkedAnalyzer',
  z.object({ type: z.enum(ANALYZER_TYPES) }),
  () => awsError('AccessDeniedException', 'This operation can only be invoked by authorized AWS services.'),
  refuse,
);

/** `access-analyzer:DeleteServiceLinkedAnalyzer`: no service has made one. */
const deleteServiceLinkedAnalyzer = readOperation(
  'access-analyzer:DeleteServiceLinkedAnalyzer',
  ofAnalyzer,
  (_, { analyzerName }) => noSuch(analyzerName, 'analyzer'),
  refuse,
);

/** `access-analyzer:DeleteAnalyzer`: with its findings. */
const deleteAnalyzer = operation(
  'access-analyzer:DeleteAnalyzer',
  ofAnalyzer,
  (state, { analyzerName }, call) => {
    const analyzer = findAnalyzer(state, analyzerName, call);
    if (!analyzer.ok) return analyzer;
    return ok({
      state: { ...state, analyzers: state.analyzers.delete(analyzerKey(call.region, analyzerName)) },
      answer: {},
    });
  },
  refuse,
);

const ofResource = z.object({ resourceArn: z.string() });

/** `access-analyzer:TagResource`. */
const tagResource = operation(
  'access-analyzer:TagResource',
  ofResource.extend({ tags: z.record(z.string(), z.string()) }),
  (state, { resourceArn, tags }, call) => {
    const analyzer = findAnalyzer(state, resourceArn, call);
    if (!analyzer.ok) return analyzer;
    const all = new Map([...analyzer.value.tags, ...Object.entries(tags)]);
    return ok({ state: withAnalyzer(state, { ...analyzer.value, tags: all }), answer: {} });
  },
  refuse,
);

/** `access-analyzer:UntagResource`. */
const untagResource = operation(
  'access-analyzer:UntagResource',
  ofResource.extend({ tagKeys: z.array(z.string()) }),
  (state, { resourceArn, tagKeys }, call) => {
    const analyzer = findAnalyzer(state, resourceArn, call);
    if (!analyzer.ok) return analyzer;
    const tags = new Map([...analyzer.value.tags].filter(([key]) => !tagKeys.includes(key)));
    return ok({ state: withAnalyzer(state, { ...analyzer.value, tags }), answer: {} });
  },
  refuse,
);

/** `access-analyzer:ListTagsForResource`. */
const listTagsForResource = readOperation(
  'access-analyzer:ListTagsForResource',
  ofResource,
  (state, { resourceArn }, call) => {
    const analyzer = findAnalyzer(state, resourceArn, call);
    return analyzer.ok ? ok({ tags: Object.fromEntries(analyzer.value.tags) }) : analyzer;
  },
  refuse,
);

/** The operations of Access Analyzer on analyzers. */
export const analyzerOperations = [
  createAnalyzer,
  getAnalyzer,
  listAnalyzers,
  updateAnalyzer,
  createServiceLinkedAnalyzer,
  deleteServiceLinkedAnalyzer,
  deleteAnalyzer,
  tagResource,
  untagResource,
  listTagsForResource,
];
