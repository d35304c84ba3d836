import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import type { AnalyzerState, ArchiveRuleState } from '../../analyzer-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { operation, readOperation } from '../../operation.ts';
import { filterInput, findAnalyzer, name, noSuch, refuse, withAnalyzer } from './analyzer-operation.ts';

const ofAnalyzer = z.object({ analyzerName: name });

const ofRule = ofAnalyzer.extend({ ruleName: name });

const findRule = ({ archiveRules }: AnalyzerState, ruleName: string): Result<ArchiveRuleState, AwsError> => {
  const rule = archiveRules.find((each) => each.ruleName === ruleName);
  return rule === undefined ? noSuch(ruleName, 'archive-rule') : ok(rule);
};

/** `access-analyzer:CreateArchiveRule`. */
const createArchiveRule = operation(
  'access-analyzer:CreateArchiveRule',
  ofRule.extend({ filter: filterInput }),
  (state, { analyzerName, ruleName, filter }, call) => {
    const analyzer = findAnalyzer(state, analyzerName, call);
    if (!analyzer.ok) return analyzer;
    if (findRule(analyzer.value, ruleName).ok) {
      return awsError('ConflictException', `An archive rule with the name ${ruleName} already exists.`, {
        resourceId: ruleName,
        resourceType: 'archive-rule',
      });
    }
    const rule = { ruleName, filter, createdAt: call.now, updatedAt: call.now };
    const archiveRules = [...analyzer.value.archiveRules, rule];
    return ok({ state: withAnalyzer(state, { ...analyzer.value, archiveRules }), answer: {} });
  },
  refuse,
);

/** `access-analyzer:UpdateArchiveRule`. */
const updateArchiveRule = operation(
  'access-analyzer:UpdateArchiveRule',
  ofRule.extend({ filter: filterInput }),
  (state, { analyzerName, ruleName, filter }, call) => {
    const analyzer = findAnalyzer(state, analyzerName, call);
    if (!analyzer.ok) return analyzer;
    const rule = findRule(analyzer.value, ruleName);
    if (!rule.ok) return rule;
    const updated = { ...rule.value, filter, updatedAt: call.now };
    const archiveRules = analyzer.value.archiveRules.map((each) => (each === rule.value ? updated : each));
    return ok({ state: withAnalyzer(state, { ...analyzer.value, archiveRules }), answer: {} });
  },
  refuse,
);

/** `access-analyzer:GetArchiveRule`. */
const getArchiveRule = readOperation(
  'access-analyzer:GetArchiveRule',
  ofRule,
  (state, { analyzerName, ruleName }, call) => {
    const analyzer = findAnalyzer(state, analyzerName, call);
    if (!analyzer.ok) return analyzer;
    const rule = findRule(analyzer.value, ruleName);
    return rule.ok ? ok({ archiveRule: rule.value }) : rule;
  },
  refuse,
);

/** `access-analyzer:ListArchiveRules`. */
const listArchiveRules = readOperation(
  'access-analyzer:ListArchiveRules',
  ofAnalyzer,
  (state, { analyzerName }, call) => {
    const analyzer = findAnalyzer(state, analyzerName, call);
    return analyzer.ok ? ok({ archiveRules: analyzer.value.archiveRules }) : analyzer;
  },
  refuse,
);

/** `access-analyzer:DeleteArchiveRule`. */
const deleteArchiveRule = operation(
  'access-analyzer:DeleteArchiveRule',
  ofRule,
  (state, { analyzerName, ruleName }, call) => {
    const analyzer = findAnalyzer(state, analyzerName, call);
    if (!analyzer.ok) return analyzer;
    const rule = findRule(analyzer.value, ruleName);
    if (!rule.ok) return rule;
    const archiveRules = analyzer.value.archiveRules.filter((each) => each !== rule.value);
    return ok({ state: withAnalyzer(state, { ...analyzer.value, archiveRules }), answer: {} });
  },
  refuse,
);

/** The operations of Access Analyzer on archive rules. */
export const archiveRuleOperations = [
  createArchiveRule,
  updateArchiveRule,
  getArchiveRule,
  listArchiveRules,
  deleteArchiveRule,
];
