import type { AccountCoverage, AuditReport, Finding } from '../../finding/audit-report.ts';
import { SEVERITIES } from '../../finding/check-result.ts';
import { type ExpectedAccount, isMissing } from '../../finding/expected-account.ts';
import { compareText } from '../../kernel/compare-text.ts';
import { epochMillis } from '../../kernel/time.ts';
import { whatWithThresholds } from '../check-text.ts';
import { nameOfSubject } from '../name-of-arn.ts';
import { inReportOrder } from '../report-order.ts';
import { counted } from '../words.ts';
import type { CheckRule, MachineAssets } from './machine-assets.ts';
import { isOpen, isUnknown } from './open-states.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

/**
 * The text of `findings.junit.xml`: a test suite an account, a test case a check. It failed where something is wrong that nobody
 * accepted, is an error where the check broke, and is skipped where something could not be judged. An account that was to be
 * read and was not is a suite with an error.
 */
export const findingsJunit = (report: AuditReport, { rules, judged }: MachineAssets): string => {
  const { run, accounts, findings } = inReportOrder(report);
  const seconds = (epochMillis(run.finishedAt) - epochMillis(run.startedAt)) / 1000;
  const read = accounts.map((account) => {
    const cases = casesOf(
      rules,
      findings.filter(({ accountId }) => accountId === account.accountId),
      judged.get(account.accountId),
    );
    return suiteOf(account, cases, { timestamp: run.startedAt.replace(/Z$/, ''), runId: run.id });
  });
  const suites = [...read, ...(report.expected ?? []).filter(isMissing).map(missingSuite)];
  const total = (count: keyof Counts): number => suites.reduce((sum, { counts }) => sum + counts[count], 0);
  return xmlDocument({
    name: 'testsuites',
    attributes: {
      name: 'Vigil',
      tests: total('tests'),
      failures: total('failures'),
      errors: total('errors'),
      skipped: total('skipped'),
      time: seconds,
    },
    content: suites.map(({ element }) => element),
  });
};

/** What a check came to in one account. */
interface CheckCase {
  readonly checkId: string;
  readonly category: string;
  readonly verdict: 'failure' | 'error' | 'skipped' | 'passed';
  readonly element: XmlElement;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

const suiteOf = (
  account: AccountCoverage,
  cases: readonly CheckCase[],
  { timestamp, runId }: { readonly timestamp: string; readonly runId: string },
): { readonly element: XmlElement; readonly counts: Counts } => {
  const count = (verdict: CheckCase['verdict']): number => cases.filter((each) => each.verdict === verdict).length;
  const counts = {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  const label = account.alias === null ? account.accountId : `${account.accountId} (${account.alias})`;
  const properties = { accountId: account.accountId, runId, complete: String(account.complete) };
  const content: readonly XmlElement[] = [
    {
      name: 'properties',
      attributes: {},
      content: Object.entries(properties).map(([name, value]) => ({
        name: 'property',
        attributes: { name, value },
        content: [],
      })),
    },
    ...cases.map(({ element }) => element),
  ];
  return {
    counts,
    element: { name: 'testsuite', attributes: { name: label, ...counts, time: 0, timestamp }, content },
  };
};

// A pipeline should not be green because there was nothing to look at.
const missingSuite = ({ accountId, name, reason, status }: ExpectedAccount) => {
  const counts: Counts = { tests: 1, failures: 0, errors: 1, skipped: 0 };
  const message = `the account was to be read, and was not: ${reason ?? status}`;
  const error: XmlElement = { name: 'error', attributes: { message, type: status }, content: '' };
  const attributes = { name: 'account-read', classname: 'vigil.account', time: 0 };
  const label = [accountId, name].filter((text) => text !== null).join(' ') || 'unknown accounts';
  return {
    counts,
    element: {
      name: 'testsuite',
      attributes: { name: label, ...counts, time: 0 },
      content: [{ name: 'testcase', attributes, content: [error] }],
    },
  };
};

const casesOf = (
  rules: readonly CheckRule[],
  findings: readonly Finding[],
  judged: ReadonlySet<string> | undefined,
): readonly CheckCase[] => {
  const byCheck = groupByCheck(findings);
  const known = new Map(rules.map((rule) => [rule.checkId, rule]));
  return [...new Set([...known.keys(), ...byCheck.keys()])].sort(compareText).map((checkId) => {
    const rule = known.get(checkId);
    const found = byCheck.get(checkId) ?? [];
    const category = rule?.category ?? found[0]?.category ?? 'account';
    const outcome = outcomeOf(rule, found, rule !== undefined && judged?.has(checkId) === false);
    return {
      checkId,
      category,
      verdict: outcome?.name ?? 'passed',
      element: {
        name: 'testcase',
        attributes: { name: checkId, classname: `vigil.${category}`, time: 0 },
        content: outcome === null ? [] : [outcome],
      },
    };
  });
};

const groupByCheck = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.checkId) ?? [];
    group.push(finding);
    groups.set(finding.checkId, group);
  }
  return groups;
};

type Outcome = XmlElement & { readonly name: 'failure' | 'error' | 'skipped' };

const outcomeOf = (rule: CheckRule | undefined, findings: readonly Finding[], broke: boolean): Outcome | null => {
  const open = findings.filter(isOpen);
  const [worst] = [...open].sort(
    (left, right) => SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity),
  );
  if (worst !== undefined) {
    const message = `${counted(open.length, 'finding')}: ${rule?.title ?? worst.title}`;
    const text = [...open.map(lineOf), '', ...(rule === undefined ? [] : [whatWithThresholds(rule), rule.risk])];
    return { name: 'failure', attributes: { message, type: worst.severity }, content: text.join('\n').trim() };
  }
  if (broke) {
    return {
      name: 'error',
      attributes: { message: 'the check broke, and judged nothing', type: 'broken' },
      content: '',
    };
  }
  const unknown = findings.filter(isUnknown);
  if (unknown.length === 0) return null;
  const names = unknown.map(({ subject }) => subject.arn).join('\n');
  return { name: 'skipped', attributes: { message: `not judged for want of data: ${names}` }, content: '' };
};

const lineOf = (finding: Finding): string =>
  `[${finding.severity}, ${finding.state}] ${nameOfSubject(finding, finding.accountId)}: ${finding.summary}\n    ${finding.subject.arn}`;
