import { isJsonList } from '../kernel/json.ts';
import type { Finding } from './audit-report.ts';
import { confidenceOf } from './confidence.ts';
import type { SummarizedFinding, SummarizedPath, SummarizedPaths } from './organization-night.ts';
import { otherAccountsOf } from './other-accounts.ts';
import { cut, some } from './summarized.ts';

/** Whether a finding tells of a path to administrator, or into another account. */
export const isWorstPath = (finding: Finding): boolean =>
  finding.escalation !== undefined &&
  (finding.escalation.reaches === 'administrator' || intoOthers(finding).length > 0);

/** The paths to administrator, or into other accounts, among problems in their order: those that lead into other accounts first, then the surest. */
export const summarizePaths = (
  problems: readonly Finding[],
  summarized: (finding: Finding) => SummarizedFinding,
): SummarizedPaths => {
  const paths = problems.filter(isWorstPath);
  const crosses = new Set(paths.filter((path) => intoOthers(path).length > 0));
  const rank = (path: Finding): number => (crosses.has(path) ? 0 : PROOFS.length) + PROOFS.indexOf(proofOf(path));
  const countOf = (proof: SummarizedPath['proof']): number => paths.filter((path) => proofOf(path) === proof).length;
  return {
    // Array.prototype.sort is stable: those of one kind stay from the worst to the mildest.
    ...some(
      [...paths].sort((left, right) => rank(left) - rank(right)),
      MOST_PATHS,
      (path): SummarizedPath => ({
        ...summarized(path),
        proof: proofOf(path),
        reaches: cut(path.escalation?.reaches ?? ''),
        into: some(intoOthers(path), MOST_ACCOUNTS, (account) => account),
        steps: path.escalation?.steps.length ?? 0,
      }),
    ),
    byProof: { proven: countOf('proven'), derived: countOf('derived'), conditional: countOf('conditional') },
    crossing: crosses.size,
  };
};

const MOST_PATHS = 8;
const MOST_ACCOUNTS = 5;

const PROOFS = ['proven', 'derived', 'conditional'] as const;

const proofOf = (finding: Finding): SummarizedPath['proof'] =>
  PROOFS.find((proof) => proof === confidenceOf(finding)) ?? 'derived';

/** The other accounts that a path leads into or through, and those whose administrator one is at its end. */
const intoOthers = (finding: Finding): readonly string[] => {
  const further = finding.evidence['otherAccounts'];
  const beyond = isJsonList(further) ? further.map(String).filter((account) => /^\d{12}$/.test(account)) : [];
  return [...new Set([...otherAccountsOf(finding), ...beyond])].filter((account) => account !== finding.accountId);
};
