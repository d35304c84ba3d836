import { analyzerOperations } from './access-analyzer/analyzers.ts';
import { archiveRuleOperations } from './access-analyzer/archive-rules.ts';
import { findingOperations } from './access-analyzer/findings.ts';
import { policyCheckOperations } from './access-analyzer/policy-checks.ts';
import { policyValidationOperations } from './access-analyzer/validate-policy.ts';

/** The operations of IAM Access Analyzer. */
export const accessAnalyzerOperations = [
  ...analyzerOperations,
  ...archiveRuleOperations,
  ...findingOperations,
  ...policyCheckOperations,
  ...policyValidationOperations,
];
