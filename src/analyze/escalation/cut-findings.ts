import type { Finding } from '../../finding/audit-report.ts';
import type { EscalationCut } from '../../finding/escalation-cut.ts';
import { cutText } from './cut-text.ts';

/** The check whose findings are closed by cuts. */
const CUT_CHECK = 'principal-can-become-administrator';

/** Whether a finding is one that cuts are looked for. */
export const isForCut = ({ checkId, outcome }: Finding): boolean => checkId === CUT_CHECK && outcome === 'fail';

/** The finding with the change that closes it, in its evidence and as the first step of its remediation. */
export const withCut = (finding: Finding, cut: EscalationCut): Finding => {
  const text = cutText(cut);
  const { changes, closes, usedAccess, verified } = cut;
  return {
    ...finding,
    evidence: {
      ...finding.evidence,
      cut: {
        text,
        changes: changes.map((change) => ({ ...change })),
        closes: closes.length,
        usedAccess: { status: usedAccess.status, used: usedAccess.used.map((use) => ({ ...use })) },
        verified,
      },
    },
    remediation: [text, ...finding.remediation],
  };
};

/** The finding with the reason why no change that closes it is proposed. */
export const withoutCut = (finding: Finding, reason: string): Finding => ({
  ...finding,
  evidence: { ...finding.evidence, cut: { text: reason } },
});
