import type { Finding } from '../finding/audit-report.ts';
import type { CheckText } from './check-text.ts';
import { visibleText } from './visible-text.ts';

/** Why a check matters and how to mend what it found; said once in the page for all findings it holds for. */
export interface GuideView {
  readonly anchor: string;
  readonly checkId: string;
  readonly title: string;
  readonly what: string | null;
  readonly risk: string | null;
  readonly remediation: readonly string[];
  readonly references: readonly string[];
}

/** The guides of a report, and which of them a finding follows. */
export interface Guides {
  readonly all: readonly GuideView[];
  readonly anchorOf: (finding: Finding) => string;
}

/**
 * The guides that findings need, in the findings' order. Findings of one check share a guide unless their remediation
 * differs; a check without a text of its own is named by the title of its finding.
 */
export const guidesOf = (findings: readonly Finding[], texts: ReadonlyMap<string, CheckText>): Guides => {
  const guides = new Map<string, GuideView>();
  for (const finding of findings) {
    const identity = identityOf(finding);
    if (!guides.has(identity)) guides.set(identity, guideView(finding, texts.get(finding.checkId), guides.size + 1));
  }
  return { all: [...guides.values()], anchorOf: (finding) => guides.get(identityOf(finding))?.anchor ?? '' };
};

const identityOf = ({ checkId, remediation }: Finding): string => JSON.stringify([checkId, remediation]);

const guideView = (finding: Finding, text: CheckText | undefined, number: number): GuideView => ({
  anchor: `guide-${number}`,
  checkId: visibleText(finding.checkId),
  title: visibleText(text?.title ?? finding.title),
  what: text ? visibleText(text.what) : null,
  risk: text ? visibleText(text.risk) : null,
  remediation: finding.remediation.map(visibleText),
  // Only such a reference becomes a link.
  references: (text?.references ?? []).filter((reference) => reference.startsWith('https://')).map(visibleText),
});
