import type { Finding } from '../finding/audit-report.ts';
import type { CheckText } from './check-text.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { visibleText } from './visible-text.ts';

/** Why a check matters and how to mend what it found; said once in the page for all findings it holds for. */
export interface GuideView {
  readonly anchor: string;
  /** Counts from 1, in the order of the page. */
  readonly number: number;
  readonly checkId: string;
  readonly title: string;
  readonly what: readonly ProsePart[] | null;
  readonly risk: readonly ProsePart[] | null;
  readonly remediation: readonly (readonly ProsePart[])[];
  readonly references: readonly { readonly href: string; readonly label: string }[];
}

/** The guides of a report, and which of them a finding follows. */
export interface Guides {
  readonly all: readonly GuideView[];
  readonly byFinding: ReadonlyMap<Finding, GuideView>;
}

/**
 * The guides that findings need, in the findings' order. Findings of one check share a guide unless their remediation
 * differs; a check without a text of its own is named by the title of its finding.
 */
export const guidesOf = (findings: readonly Finding[], texts: ReadonlyMap<string, CheckText>): Guides => {
  const guides = new Map<string, GuideView>();
  const byFinding = new Map<Finding, GuideView>();
  for (const finding of findings) {
    const identity = JSON.stringify([finding.checkId, finding.remediation]);
    const guide = guides.get(identity) ?? guideView(finding, texts.get(finding.checkId), guides.size + 1);
    guides.set(identity, guide);
    byFinding.set(finding, guide);
  }
  return { all: [...guides.values()], byFinding };
};

const guideView = (finding: Finding, text: CheckText | undefined, number: number): GuideView => ({
  anchor: `guide-${number}`,
  number,
  checkId: visibleText(finding.checkId),
  title: visibleText(text?.title ?? finding.title),
  what: text ? proseOf(text.what) : null,
  risk: text ? proseOf(text.risk) : null,
  remediation: finding.remediation.map(proseOf),
  // Nothing else becomes a link.
  references: (text?.references ?? [])
    .filter((reference) => reference.startsWith('https://'))
    .map((reference) => ({ href: reference, label: visibleText(reference.slice('https://'.length)) })),
});
