import { gzipSync } from 'node:zlib';
import type { AuditReport } from '../../finding/audit-report.ts';
import { isMissing } from '../../finding/expected-account.ts';
import { inReportOrder } from '../report-order.ts';
import { counted } from '../words.ts';
import type { MachineAssets } from './machine-assets.ts';
import { plainText } from './plain-text.ts';
import { sarifResult } from './sarif-result.ts';
import { sarifRules, sarifTaxonomies } from './sarif-rules.ts';

/**
 * What GitHub takes (docs.github.com, "SARIF results exceed one or more limits" and "SARIF support for code scanning"):
 * results of a run, and bytes of the compressed file.
 */
export interface SarifLimits {
  readonly results: number;
  readonly gzipBytes: number;
}

const GITHUB: SarifLimits = { results: 25_000, gzipBytes: 10_000_000 };

/**
 * The text of `findings.sarif`: SARIF 2.1.0 with one run, whose results are what is wrong now, or was accepted, or could not be
 * judged; the worst first. What is resolved is left out, for GitHub shows each result as open. What is left out is
 * counted in the run's notifications.
 */
export const findingsSarif = (report: AuditReport, assets: MachineAssets, limits = GITHUB): string => {
  let most = limits.results;
  let text = sarifText(report, assets, most);
  while (most > 0 && text.length > limits.gzipBytes && gzipSync(text).length > limits.gzipBytes) {
    most = Math.floor(Math.min(most, report.findings.length) * 0.75);
    text = sarifText(report, assets, most);
  }
  return text;
};

const sarifText = (report: AuditReport, { rules, controls }: MachineAssets, most: number): string => {
  const { run, accounts, findings } = inReportOrder(report);
  const present = findings.filter(({ state }) => state !== 'resolved');
  const driver = sarifRules(rules, present);
  const ruleIndexes = new Map(driver.map(({ id }, index) => [id, index]));
  const taxonomies = sarifTaxonomies(controls, driver);
  const document = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Vigil',
            version: run.vigilVersion,
            shortDescription: { text: 'Audits the IAM of AWS accounts' },
            rules: driver,
            supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })),
          },
        },
        automationDetails: { id: categoryOf(accounts.map(({ accountId }) => accountId)) },
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: run.startedAt,
            endTimeUtc: run.finishedAt,
            toolExecutionNotifications: notifications(report, present.length - most),
          },
        ],
        columnKind: 'utf16CodeUnits',
        taxonomies,
        results: present.slice(0, most).map((finding) =>
          sarifResult(finding, {
            ruleIndex: ruleIndexes.get(finding.checkId),
            hasBaseline: run.baselineRunId !== null,
          }),
        ),
        properties: { runId: run.id, baselineRunId: run.baselineRunId, referenceDate: run.referenceDate },
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
};

// GitHub takes what stands before the last `/` for the category: an upload replaces the alerts of its category alone.
const categoryOf = ([first, ...others]: readonly string[]): string =>
  first === undefined || others.length > 0 ? 'vigil/' : `vigil/${first}/`;

const notifications = ({ accounts, expected = [], findings }: AuditReport, tooMany: number) => {
  const resolved = findings.filter(({ state }) => state === 'resolved').length;
  const texts = [
    ...(tooMany > 0 ? [`${counted(tooMany, 'result')} left out: more than GitHub takes; findings.json has all`] : []),
    ...(resolved > 0 ? [`${counted(resolved, 'resolved finding')} left out; findings.json has all`] : []),
  ];
  const incomplete = accounts.filter(({ complete }) => !complete).map(({ accountId }) => accountId);
  return [
    ...texts.map((text) => ({ level: 'note', message: { text } })),
    ...expected.filter(isMissing).map(({ accountId, name, reason, status }) => ({
      level: 'error',
      message: {
        text: plainText(`account ${accountId ?? name ?? 'unknown'} was to be read, and was not: ${reason ?? status}`),
      },
    })),
    ...incomplete.sort().map((accountId) => ({
      level: 'warning',
      message: { text: `account ${accountId} could not be read whole; what is not known is told as such` },
    })),
  ];
};
