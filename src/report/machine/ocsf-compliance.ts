import type { Finding } from '../../finding/audit-report.ts';
import type { ControlResult } from '../../finding/control-result.ts';
import { whatWithThresholds } from '../check-text.ts';
import type { CheckRule } from './machine-assets.ts';
import { plainText } from './plain-text.ts';

/** Titles of controls by `framework:control`. */
export type ControlTitles = ReadonlyMap<string, string>;

/** The titles of the controls that were evaluated. */
export const controlTitles = (controls: readonly ControlResult[]): ControlTitles =>
  new Map(controls.map(({ framework, control, title }) => [`${framework}:${control}`, title]));

/** What a finding says of controls, as an object `compliance` of OCSF; the check itself where there is no control. */
export const ocsfCompliance = (finding: Finding, rule: CheckRule | undefined, titles: ControlTitles) => {
  const { checkId, frameworks, summary, title } = finding;
  const requirements = frameworks.map((name) => [name, titles.get(name)].filter(Boolean).join(' '));
  const [statusId, status] = statusOf(finding);
  return {
    standards: frameworks.length === 0 ? ['vigil'] : [...new Set(frameworks.map((name) => name.split(':')[0] ?? name))],
    control: requirements[0] ?? checkId,
    ...(requirements.length > 0 && { requirements }),
    checks: [
      {
        uid: checkId,
        name: plainText(rule?.title ?? title),
        ...(rule && { desc: whatWithThresholds(rule) }),
        status_id: statusId,
        status,
      },
    ],
    status_id: statusId,
    status,
    status_details: [plainText(summary)],
  };
};

// OCSF: `Warning` is what "did not yield a result due to missing information".
const statusOf = ({ outcome, state }: Finding): readonly [id: number, caption: string] => {
  if (state === 'resolved') return [1, 'Pass'];
  return outcome === 'unknown' || state === 'not-evaluated' ? [2, 'Warning'] : [3, 'Fail'];
};
