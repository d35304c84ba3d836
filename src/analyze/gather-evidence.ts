import type { ControlEvidence } from '../finding/control-evidence.ts';
import { indexSubjects, subjectOf } from '../finding/subject-index.ts';
import { iamArn } from '../iam/arn.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { ComplianceFramework } from './compliance-framework.ts';
import type { CheckRun } from './run-checks.ts';

/**
 * Everything that the checks which speak to a control said of the account, what is in order included: as many rows as
 * `evaluateControls` counts results, so that whoever audits a control can draw a sample of all that it is about.
 */
export const gatherEvidence = (
  frameworks: readonly ComplianceFramework[],
  snapshot: AccountSnapshot,
  { results, diagnostics }: CheckRun,
): readonly ControlEvidence[] => {
  const { accountId, partition } = snapshot;
  const speaking = new Set(frameworks.flatMap(({ controls }) => controls.flatMap(({ checks }) => checks)));
  const subjects = indexSubjects(snapshot);
  const judged = results.flatMap(({ check, result }): readonly ControlEvidence[] => {
    if (!speaking.has(check.id)) return [];
    const { outcome, evidence, gap, subject } = result;
    return [
      {
        accountId,
        checkId: check.id,
        outcome,
        subject: subjectOf(subject, subjects, check.resourceType),
        observed: evidence,
        reason: gap?.detail ?? null,
      },
    ];
  });
  const root = iamArn(partition, accountId, 'root');
  const broken = diagnostics.flatMap(({ checkId, message }): readonly ControlEvidence[] =>
    speaking.has(checkId)
      ? [
          {
            accountId,
            checkId,
            outcome: 'unknown',
            subject: { arn: root, type: 'Account', id: root, part: null },
            observed: {},
            reason: message,
          },
        ]
      : [],
  );
  return [...judged, ...broken];
};
