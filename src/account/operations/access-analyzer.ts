import { accessPreviewOperations } from './access-analyzer/access-previews.ts';
import { analyzedResourceOperations } from './access-analyzer/analyzed-resources.ts';
import { analyzerOperations } from './access-analyzer/analyzers.ts';
import { archiveRuleOperations } from './access-analyzer/archive-rules.ts';
import { findingOperations } from './access-analyzer/findings.ts';
import { policyCheckOperations } from './access-analyzer/policy-checks.ts';
import { policyGenerationOperations } from './access-analyzer/policy-generation.ts';
import { recommendationOperations } from './access-analyzer/recommendations.ts';
import { statisticsOperations } from './access-analyzer/statistics.ts';
import { policyValidationOperations } from './access-analyzer/validate-policy.ts';

/** The operations of IAM Access Analyzer. */
export const accessAnalyzerOperations = [
  ...analyzerOperations,
  ...archiveRuleOperations,
  ...findingOperations,
  ...statisticsOperations,
  ...recommendationOperations,
  ...analyzedResourceOperations,
  ...accessPreviewOperations,
  ...policyCheckOperations,
  ...policyValidationOperations,
  ...policyGenerationOperations,
];
