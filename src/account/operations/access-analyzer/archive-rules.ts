import { z } from 'zod';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { findingsOf, fits } from '../../access-analyzer/findings.ts';
import type { AccountState } from '../../account-state.ts';
import type { AnalyzerState, ArchiveRuleState } from '../../analyzer-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { accountAt, type CloudState, withAccount } from '../../cloud-state.ts';
import { type CloudOutcome, cloudOperation, readOperation } from '../../operation.ts';
import {
  filterInput,
  findAnalyzer,
  name,
  noSuch,
  ofAnalyzerArn,
  pageOf,
  paging,
  refuse,
  withAnalyzer,
} from './analyzer-operation.ts';

const ofAnalyzer = z.object({ analyzerName: name });

const ofRule = ofAnalyzer.extend({ ruleName: name });

const ofNewRule = ofRule.extend({ filter: filterInput });

const findRule = ({ archiveRules }: AnalyzerState, ruleName: string): Result<ArchiveRuleState, AwsError> => {
  const rule = archiveRules.find((each) => each.ruleName === ruleName);
  return rule === undefined ? noSuch(ruleName, 'archive-rule') : ok(rule);
};

/**
 * The account with other rules of an analyzer. They are for new findings: those that are there stay as they are.
 * Source: "Archive rules", IAM User Guide.
 */
const withRules = (
  cloud: CloudState,
  analyzer: AnalyzerState,
  archiveRules: readonly ArchiveRuleState[],
  call: Call,
): Result<CloudOutcome, AwsError> => {
  const state = accountAt(cloud, call.account);
  const found = findingsOf(cloud, state, analyzer, call.now).map(({ id, status }) => [id, status] as const);
  const statuses = new Map([...analyzer.statuses, ...found]);
  return ok({ cloud: withAccount(cloud, withAnalyzer(state, { ...analyzer, archiveRules, statuses })), answer: {} });
};

/** The analyzer of a call and its rule. */
const findBoth = (
  state: AccountState,
  analyzerName: string,
  ruleName: string,
  call: Call,
): Result<{ readonly analyzer: AnalyzerState; readonly rule: ArchiveRuleState }, AwsError> => {
  const analyzer = findAnalyzer(state, analyzerName, call);
  if (!analyzer.ok) return analyzer;
  const rule = findRule(analyzer.value, ruleName);
  return rule.ok ? ok({ analyzer: analyzer.value, rule: rule.value }) : rule;
};

/** `access-analyzer:CreateArchiveRule`. */
const createArchiveRule = cloudOperation(
  'access-analyzer:CreateArchiveRule',
  ofNewRule,
  (cloud, { analyzerName, ruleName, filter }, call) => {
    const analyzer = findAnalyzer(accountAt(cloud, call.account), analyzerName, call);
    if (!analyzer.ok) return analyzer;
    if (findRule(analyzer.value, ruleName).ok) {
      return awsError('ConflictException', `An archive rule with the name ${ruleName} already exists.`, {
        resourceId: ruleName,
        resourceType: 'archive-rule',
      });
    }
    const rule = { ruleName, filter, createdAt: call.now, updatedAt: call.now };
    return withRules(cloud, analyzer.value, [...analyzer.value.archiveRules, rule], call);
  },
  refuse,
);

/** `access-analyzer:UpdateArchiveRule`. */
const updateArchiveRule = cloudOperation(
  'access-analyzer:UpdateArchiveRule',
  ofNewRule,
  (cloud, { analyzerName, ruleName, filter }, call) => {
    const both = findBoth(accountAt(cloud, call.account), analyzerName, ruleName, call);
    if (!both.ok) return both;
    const { analyzer, rule } = both.value;
    const updated = { ...rule, filter, updatedAt: call.now };
    const rules = analyzer.archiveRules.map((each) => (each === rule ? updated : each));
    return withRules(cloud, analyzer, rules, call);
  },
  refuse,
);

/** `access-analyzer:DeleteArchiveRule`. */
const deleteArchiveRule = cloudOperation(
  'access-analyzer:DeleteArchiveRule',
  ofRule,
  (cloud, { analyzerName, ruleName }, call) => {
    const both = findBoth(accountAt(cloud, call.account), analyzerName, ruleName, call);
    if (!both.ok) return both;
    const { analyzer, rule } = both.value;
    const rules = analyzer.archiveRules.filter((each) => each !== rule);
    return withRules(cloud, analyzer, rules, call);
  },
  refuse,
);

/** `access-analyzer:ApplyArchiveRule`: archives what a rule fits of the findings that are there. */
const applyArchiveRule = cloudOperation(
  'access-analyzer:ApplyArchiveRule',
  ofAnalyzerArn.extend({ ruleName: name }),
  (cloud, { analyzerArn, ruleName }, call) => {
    const state = accountAt(cloud, call.account);
    const both = findBoth(state, analyzerArn, ruleName, call);
    if (!both.ok) return both;
    const { analyzer, rule } = both.value;
    const meant = findingsOf(cloud, state, analyzer, call.now).filter((finding) => fits(rule.filter, finding));
    const statuses = new Map([...analyzer.statuses, ...meant.map(({ id }) => [id, 'ARCHIVED'] as const)]);
    return ok({ cloud: withAccount(cloud, withAnalyzer(state, { ...analyzer, statuses })), answer: {} });
  },
  refuse,
);

/** `access-analyzer:GetArchiveRule`. */
const getArchiveRule = readOperation(
  'access-analyzer:GetArchiveRule',
  ofRule,
  (state, { analyzerName, ruleName }, call) => {
    const both = findBoth(state, analyzerName, ruleName, call);
    return both.ok ? ok({ archiveRule: both.value.rule }) : err(both.error);
  },
  refuse,
);

/** `access-analyzer:ListArchiveRules`. */
const listArchiveRules = readOperation(
  'access-analyzer:ListArchiveRules',
  ofAnalyzer.extend(paging.shape),
  (state, { analyzerName, ...rest }, call) => {
    const analyzer = findAnalyzer(state, analyzerName, call);
    return analyzer.ok ? pageOf('ListArchiveRules', 'archiveRules', analyzer.value.archiveRules, rest) : analyzer;
  },
  refuse,
);

/** The operations of Access Analyzer on archive rules. */
export const archiveRuleOperations = [
  createArchiveRule,
  updateArchiveRule,
  deleteArchiveRule,
  applyArchiveRule,
  getArchiveRule,
  listArchiveRules,
];
