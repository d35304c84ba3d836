import type { CheckSettings } from '../analyze/check-settings.ts';
import { MENDING_COMMANDS } from '../analyze/mending-commands.ts';
import { allChecks, methodTitles } from '../analyze/registry.ts';
import type { AuditInput, AuditOutcome } from '../audit/run-audit.ts';
import { policySummaries } from '../finding/policy-summary.ts';
import { populationsOf } from '../finding/population.ts';
import { findingsInOwnWords, inOwnWords } from '../report/own-words.ts';
import { renderMachineReports } from '../report/render-machine-reports.ts';
import { renderReports } from '../report/render-reports.ts';
import { REPORT_FILES, type ReportFormat } from '../report/report-format.ts';
import { TemplateProblem } from '../report/template-problem.ts';
import { credentialReportOf } from '../snapshot/credential-report-of.ts';
import { complianceFrameworks } from './compliance-frameworks.ts';
import { type ReportWording, vigilsWording } from './report-wording.ts';

/** The part of an audit that its report is made from. */
export type ReportedOutcome = Pick<AuditOutcome, 'report' | 'snapshots' | 'controls' | 'judged'>;

/** What an audit is to tell for the reports in some formats. */
export const toldIn = (formats: readonly ReportFormat[]): Pick<AuditInput, 'tellsAccess' | 'keepsEvidence'> => ({
  tellsAccess: formats.includes('html') || formats.includes('csv'),
  keepsEvidence: formats.includes('csv'),
});

/**
 * The files of an audit's report by name, in the formats asked for; the one to open first stands first. Null stands for
 * the files of other formats, so that none of an earlier audit is left beside them.
 */
const renderOutcome = async (
  { report: found, snapshots, controls, judged }: ReportedOutcome,
  formats: readonly ReportFormat[],
  settings: CheckSettings,
  { templates, words }: ReportWording,
): Promise<ReadonlyMap<string, string | null>> => {
  const checks = allChecks
    .map(({ id, title, doc, defaults, category, severity, frameworks }) => ({
      checkId: id,
      title,
      ...doc,
      commands: MENDING_COMMANDS.get(id) ?? null,
      options: { ...defaults, ...settings.options.get(id) },
      category,
      severity,
      frameworks,
    }))
    .map((check) => inOwnWords(check, words));
  const report = findingsInOwnWords(found, words, new Map(allChecks.map(({ id, doc }) => [id, doc.remediation])));
  const credentialReport = snapshots.flatMap((snapshot) => credentialReportOf(snapshot));
  const tables = { policies: snapshots.flatMap(policySummaries), populations: snapshots.flatMap(populationsOf) };
  const shown = { ...report, ...tables, controls, credentialReport };
  const frameworks = new Map(complianceFrameworks().map(({ id, title: name }) => [id, name]));
  const files = new Map(
    renderReports(shown, { templates, texts: { checks, methods: methodTitles, frameworks } }, formats),
  );
  const rules = checks.filter(({ checkId }) => !settings.disabled.has(checkId));
  const judgedChecks = new Map(
    report.accounts.map(({ accountId }, index) => [accountId, judged[index]?.checks ?? new Set<string>()]),
  );
  const assets = { rules, controls, judged: judgedChecks };
  for (const [name, text] of await renderMachineReports(report, assets, formats)) files.set(name, text);
  const others = Object.values(REPORT_FILES)
    .flat()
    .filter((name) => !files.has(name));
  return new Map<string, string | null>([...files, ...others.map((name) => [name, null] as const)]);
};

/** An audit to be rendered, and how its reports are to look. */
export interface OutcomeToRender {
  readonly outcome: ReportedOutcome;
  readonly formats: readonly ReportFormat[];
  readonly checkSettings: CheckSettings;
  readonly wording: ReportWording;
}

/**
 * The files of an audit's report by templates of one's own, or by Vigil's where these print what a report does not have: no night
 * is lost for it. `tell` is then told.
 */
export const renderInWording = async (
  { outcome, formats, checkSettings, wording }: OutcomeToRender,
  tell: (problem: string) => void = () => {},
): Promise<ReadonlyMap<string, string | null>> => {
  try {
    return await renderOutcome(outcome, formats, checkSettings, wording);
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    tell(`report.templates: ${error.message}; the report has Vigil's own templates`);
    return renderOutcome(outcome, formats, checkSettings, { ...vigilsWording(), words: wording.words });
  }
};
