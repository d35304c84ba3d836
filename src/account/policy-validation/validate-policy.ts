import type { ServiceReference } from '../../reference/service-reference.ts';
import { checkActions } from './action-checks.ts';
import { checkConditions } from './condition-checks.ts';
import { checkDocument, checkSize, checkStatementsTogether } from './document-checks.ts';
import { checkElements } from './element-checks.ts';
import { type IssueCode, type IssueType, issueOf } from './issues.ts';
import { type LocatedObject, readLocatedJson } from './located-json.ts';
import { type Location, locationsIn, positionsIn } from './location.ts';
import { checkOrganizationPolicy } from './organization-checks.ts';
import { checkPrincipals } from './principal-checks.ts';
import { checkResources } from './resource-checks.ts';
import { checkResourceType } from './resource-type-checks.ts';
import { checkRoleGranting } from './role-granting-checks.ts';
import {
  itemsOf,
  memberOf,
  type Report,
  statementNode,
  type ValidatedPolicyType,
  type Validation,
} from './statement-node.ts';
import { checkTrust } from './trust-policy-checks.ts';
import { checkVariables } from './variable-checks.ts';

/** Something that AWS says about a policy. Source: `ValidatePolicyFinding`, IAM Access Analyzer API Reference. */
export interface PolicyFinding {
  readonly findingDetails: string;
  readonly findingType: IssueType;
  readonly issueCode: IssueCode;
  readonly learnMoreLink: string;
  readonly locations: readonly Location[];
}

/** A policy to be validated. */
export interface PolicyToValidate {
  readonly text: string;
  readonly policyType: ValidatedPolicyType;
  /** What a resource-based policy is to hang on, as in CloudFormation; null: something. */
  readonly resourceType: string | null;
}

/**
 * What AWS has to say about a policy, in the order of its text where that says more than the order of the checks.
 * Source: "IAM policy validation check reference", IAM User Guide.
 */
export const validatePolicy = (policy: PolicyToValidate, reference: ServiceReference): readonly PolicyFinding[] => {
  const { text, policyType, resourceType } = policy;
  const findings: PolicyFinding[] = [];
  const positionOf = positionsIn(text);
  const locationOf = locationsIn(positionOf);
  const report: Report = (issueCode, at, values = {}) => {
    const { type, details, learnMoreLink } = issueOf(issueCode, values);
    const locations = at.map(locationOf);
    findings.push({ findingDetails: details, findingType: type, issueCode, learnMoreLink, locations });
  };
  const read = readLocatedJson(text);
  if (!read.ok) {
    const { offset, line, column } = positionOf(read.error);
    const at = { path: [], start: offset, end: Math.min(offset + 1, text.length) };
    report('JSON_SYNTAX_ERROR', [at], { index: String(offset), line: String(line), column: String(column) });
    return findings;
  }
  const document = read.value;
  if (document.kind !== 'object') {
    report('DATA_TYPE_MISMATCH', [document], { type: 'Object' });
    return findings;
  }
  const budget = { left: MOST_WORK };
  const validation = { policyType, resourceType, hasVariables: hasVariables(document), reference, report, budget };
  checkDocument(document, validation);
  checkSize(text, document, validation);
  checkStatements(document, validation);
  return findings;
};

/** In characters compared: a tenth of a second or so. */
const MOST_WORK = 20_000_000;

const hasVariables = (document: LocatedObject): boolean => {
  const version = memberOf(document, 'Version')?.value;
  return version?.kind === 'text' && version.text === '2012-10-17';
};

const CHECKS = [
  checkElements,
  checkPrincipals,
  checkTrust,
  checkOrganizationPolicy,
  checkActions,
  checkResources,
  checkResourceType,
  checkConditions,
  checkVariables,
  checkRoleGranting,
];

const checkStatements = (document: LocatedObject, validation: Validation): void => {
  const statements = itemsOf(memberOf(document, 'Statement')?.value)
    .filter((item) => item.kind === 'object')
    .map(statementNode);
  for (const statement of statements) for (const check of CHECKS) check(statement, validation);
  checkStatementsTogether(statements, validation);
};
