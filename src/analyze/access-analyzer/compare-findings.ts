import { AGREEMENTS, type AnalyzerComparison } from '../../finding/analyzer-comparison.ts';
import { compareText } from '../../kernel/compare-text.ts';
import type { AnalyzerFinding } from '../../snapshot/access-analyzer.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../check-tools.ts';
import { unreadTrustGap } from '../facts/unread-policy.ts';
import type { CheckedResult } from '../run-checks.ts';
import { ownView, principalName, roleOrResource } from './own-view.ts';

/** The check that tells what Access Analyzer could have told and did not. */
const MISSED = 'access-analyzer-misses-access';

/**
 * The checks that judge what a finding of unused access is about. Source: "Findings for unused access", IAM User Guide.
 */
const CHECKS_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['UnusedIAMRole', ['role-unused']],
  ['UnusedIAMUserAccessKey', ['user-access-key-unused', 'user-access-key-never-used']],
  ['UnusedIAMUserPassword', ['user-password-unused', 'user-password-never-used']],
  ['UnusedPermission', ['principal-has-unused-services', 'principal-has-unused-actions']],
]);

/** Of whoever uses nothing at all these tell, and the checks of permissions leave it to them. */
const OF_THE_IDLE = ['role-unused', 'user-access-key-unused', 'user-inactive', 'user-password-unused'];

type Told = Omit<AnalyzerComparison, 'accountId' | 'agreement' | 'unusedAccessDays'>;
type Tools = Pick<CheckTools, 'access' | 'exposureOf'>;

/**
 * Merges the active and archived findings of Access Analyzer with what the checks said, one a resource, type and principal,
 * what only one of the two tells first. Null: nobody read the findings. Unused access is compared user by user and role by
 * role, and what only Vigil tells of it where an active analyzer of unused access could have told it too.
 */
export const compareWithAnalyzer = (
  snapshot: AccountSnapshot,
  tools: Tools,
  results: readonly CheckedResult[],
): readonly AnalyzerComparison[] | null => {
  const { accessAnalyzer, accountId } = snapshot;
  if (!accessAnalyzer.known || !accessAnalyzer.value.findings.known) return null;
  const { analyzers, findings } = accessAnalyzer.value;
  const judged = bySubject(results);
  const ofUse = analyzers.filter(({ type, status }) => status === 'ACTIVE' && type.endsWith('_UNUSED_ACCESS'));
  const days = ofUse.flatMap(({ unusedAccessDays }) => unusedAccessDays ?? []);
  const told = merged([
    ...findings.value.flatMap((finding) => toldByAnalyzer(finding, snapshot, tools, judged)),
    ...(ofUse.length > 0 ? [...CHECKS_OF.keys()].flatMap((type) => unusedByChecks(type, results)) : []),
    ...outsidersByChecks(results, judged),
  ]);
  return told
    .map((each): AnalyzerComparison => {
      const unusedAccessDays = CHECKS_OF.has(each.findingType) && days.length > 0 ? Math.min(...days) : null;
      return { accountId, ...each, agreement: agreementOf(each), unusedAccessDays };
    })
    .sort(inOrder);
};

type Judged = ReadonlyMap<string, readonly CheckedResult[]>;

const bySubject = (results: readonly CheckedResult[]): Judged => {
  const judged = new Map<string, CheckedResult[]>();
  for (const each of results) {
    const { arn } = each.result.subject;
    const some = judged.get(arn);
    if (some === undefined) judged.set(arn, [each]);
    else some.push(each);
  }
  return judged;
};

const toldByAnalyzer = (
  { id, resource, findingType, status, error, external }: AnalyzerFinding,
  snapshot: AccountSnapshot,
  tools: Tools,
  judged: Judged,
): readonly Told[] => {
  // What could not be analyzed tells of no access.
  if (error !== null || (status !== 'ACTIVE' && status !== 'ARCHIVED')) return [];
  const accessAnalyzer = status === 'ACTIVE' ? 'active' : 'archived';
  const found = { findingType, resource, accessAnalyzer, findingIds: [id] } as const;
  if (findingType !== 'ExternalAccess') {
    const ours = judgedAs(findingType, judged.get(resource) ?? []);
    return [{ ...found, principal: null, vigil: verdictOf(ours), checks: failedIn(ours) }];
  }
  const checks = externalChecks(resource, judged);
  return external.map(({ principal: named }) => {
    const principal = principalName([...named.values()][0] ?? '*');
    return { ...found, principal, vigil: viewOf(resource, principal, snapshot, tools), checks };
  });
};

const judgedAs = (findingType: string, results: readonly CheckedResult[]): readonly CheckedResult[] => {
  const ours = results.filter(({ check }) => CHECKS_OF.get(findingType)?.includes(check.id));
  if (findingType !== 'UnusedPermission' || verdictOf(ours) === 'told') return ours;
  return [
    ...ours,
    ...results.filter(({ check, result }) => result.outcome === 'fail' && OF_THE_IDLE.includes(check.id)),
  ];
};

const viewOf = (
  arn: string,
  principal: string,
  snapshot: AccountSnapshot,
  tools: Tools,
): AnalyzerComparison['vigil'] => {
  const thing = roleOrResource(snapshot, arn);
  if (thing === null) return 'not-judged';
  if ('roleName' in thing && unreadTrustGap(thing) !== null) return 'unknown';
  return ownView(thing, principal, tools) === 'same' ? 'told' : 'not-so';
};

const verdictOf = (ours: readonly CheckedResult[]): AnalyzerComparison['vigil'] => {
  const outcomes = new Set(ours.map(({ result }) => result.outcome));
  if (outcomes.has('fail')) return 'told';
  if (outcomes.has('unknown')) return 'unknown';
  return outcomes.has('pass') ? 'not-so' : 'not-judged';
};

const failedIn = (results: readonly CheckedResult[]): readonly string[] =>
  [...new Set(results.filter(({ result }) => result.outcome === 'fail').map(({ check }) => check.id))].sort();

const externalChecks = (arn: string, judged: Judged): readonly string[] =>
  failedIn((judged.get(arn) ?? []).filter(({ check }) => check.category === 'external' || check.id === MISSED));

const unusedByChecks = (findingType: string, results: readonly CheckedResult[]): readonly Told[] =>
  results
    .filter(({ check, result }) => result.outcome === 'fail' && CHECKS_OF.get(findingType)?.includes(check.id))
    .map(({ check, result }) => ownTold(findingType, result.subject.arn, null, [check.id]));

const outsidersByChecks = (results: readonly CheckedResult[], judged: Judged): readonly Told[] =>
  results
    .filter(({ check, result }) => check.id === MISSED && result.outcome === 'fail')
    .map(({ result: { subject } }) =>
      ownTold('ExternalAccess', subject.arn, subject.part ?? null, externalChecks(subject.arn, judged)),
    );

const ownTold = (findingType: string, resource: string, principal: string | null, checks: readonly string[]): Told => ({
  findingType,
  resource,
  principal,
  vigil: 'told',
  accessAnalyzer: 'none',
  findingIds: [],
  checks,
});

/** Several analyzers tell of one role, and several checks of one user: each is told once. */
const merged = (all: readonly Told[]): readonly Told[] => {
  const rows = new Map<string, Told>();
  for (const each of all) {
    const key = JSON.stringify([each.findingType, each.resource, each.principal]);
    const other = rows.get(key);
    rows.set(key, other === undefined ? each : joined(other, each));
  }
  return [...rows.values()];
};

const joined = (one: Told, other: Told): Told => ({
  ...one,
  accessAnalyzer: STATUSES.find((status) => status === one.accessAnalyzer || status === other.accessAnalyzer) ?? 'none',
  findingIds: [...new Set([...one.findingIds, ...other.findingIds])].sort(),
  checks: [...new Set([...one.checks, ...other.checks])].sort(),
});

const STATUSES = ['active', 'archived', 'none'] as const;

const agreementOf = ({ vigil, accessAnalyzer }: Told): AnalyzerComparison['agreement'] => {
  if (vigil !== 'told') return 'only-access-analyzer';
  return accessAnalyzer === 'none' ? 'only-vigil' : 'same';
};

const inOrder = (left: AnalyzerComparison, right: AnalyzerComparison): number =>
  AGREEMENTS.indexOf(left.agreement) - AGREEMENTS.indexOf(right.agreement) ||
  compareText(left.findingType, right.findingType) ||
  compareText(left.resource, right.resource) ||
  compareText(left.principal ?? '', right.principal ?? '');
