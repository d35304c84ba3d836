import { analyzeAccount } from '../../src/analyze/analyze-account.ts';
import { crownJewelsOf } from '../../src/analyze/check-settings.ts';
import { findDoorsAmong } from '../../src/analyze/find-doors.ts';
import { DEFAULT_CHECK_SETTINGS } from '../../src/analyze/testing/default-settings.ts';
import type { Finding } from '../../src/finding/audit-report.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { at } from '../../src/snapshot/testing/collected-builder.ts';
import type { LabelledAccount } from './labelled-account.ts';

/** How the findings of one check compare with the truth. */
export interface Score {
  readonly checkId: string;
  /** True findings that were reported. */
  readonly found: readonly string[];
  /** True findings that were not. */
  readonly lost: readonly string[];
  /** Reported findings that are not true. */
  readonly invented: readonly string[];
}

/** Analyzes the account and holds each check's findings against the labels. */
export const scoreAccount = async ({
  snapshot,
  now,
  findings: labels,
  trustedAccounts = [],
  neighbours = [],
  options = DEFAULT_CHECK_SETTINGS.options,
}: LabelledAccount): Promise<readonly Score[]> => {
  const reference = await loadServiceReference();
  const settings = { ...DEFAULT_CHECK_SETTINGS, trustedAccounts, options };
  const search = { reference, crownJewels: crownJewelsOf(settings) };
  const { findings, diagnostics } = analyzeAccount(snapshot, {
    now: at(now),
    reference,
    neighbours: await findDoorsAmong([snapshot, ...neighbours], search, ({ collectedAt }) => collectedAt),
    settings,
  });
  if (diagnostics.length > 0) throw new Error(diagnostics.join('\n'));
  const failures = findings.filter(({ outcome }) => outcome === 'fail');
  return [...new Set([...failures.map(({ checkId }) => checkId), ...Object.keys(labels)])].sort().map((checkId) => {
    const said = failures.filter((finding) => finding.checkId === checkId).map(label);
    const expected = Object.keys(labels[checkId] ?? {});
    return {
      checkId,
      found: expected.filter((each) => said.includes(each)),
      lost: expected.filter((each) => !said.includes(each)),
      invented: said.filter((each) => !expected.includes(each)),
    };
  });
};

/** A finding as labels write it: the resource of the subject's ARN, and the part. */
const label = ({ subject: { arn, part } }: Finding): string =>
  [arn.split(':').slice(5).join(':'), ...(part === null ? [] : [part])].join(' ');

/** The scores of several accounts as a table: one row a check, and one for all of them. */
export const scoreTable = (scores: readonly Score[]): string => {
  const checkIds = [...new Set(scores.map(({ checkId }) => checkId))].sort();
  const rows = checkIds.map((checkId) =>
    scoreRow(
      checkId,
      scores.filter((score) => score.checkId === checkId),
    ),
  );
  return [['check', 'true', 'precision', 'recall'], ...rows, scoreRow('all checks', scores)]
    .map(([id = '', ...numbers]) => id.padEnd(52) + numbers.map((number) => number.padStart(10)).join(''))
    .join('\n');
};

const scoreRow = (name: string, scores: readonly Score[]): readonly string[] => {
  const found = sum(scores.map((score) => score.found.length));
  const lost = sum(scores.map((score) => score.lost.length));
  const invented = sum(scores.map((score) => score.invented.length));
  return [name, String(found + lost), share(found, found + invented), share(found, found + lost)];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Rounded down, so that 100 % is all of it. */
const share = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${Math.floor((1000 * part) / whole) / 10} %`;
