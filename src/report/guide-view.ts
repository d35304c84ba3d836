import type { Finding } from '../finding/audit-report.ts';
import { type CheckText, whatWithThresholds } from './check-text.ts';
import { cutOfFinding } from './cut-of-finding.ts';
import { nameOfSubject } from './name-of-arn.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { visibleText } from './visible-text.ts';
import { listedInWords } from './words.ts';

/** Why a check matters and how to mend what it found; said once in the page for all findings of the check. */
export interface GuideView {
  readonly anchor: string;
  /** Counts from 1, in the order of the page. */
  readonly number: number;
  readonly checkId: string;
  readonly title: string;
  readonly what: readonly ProsePart[] | null;
  readonly risk: readonly ProsePart[] | null;
  readonly mendings: readonly MendingView[];
  /** Commands to mend it with, by what understands them. */
  readonly commands: readonly { readonly label: string; readonly text: string }[];
  readonly references: readonly { readonly href: string; readonly pieces: readonly string[] }[];
}

interface MendingView {
  readonly anchor: string;
  /** The subjects that it mends; null where it mends whatever the check found. */
  readonly subjects: string | null;
  readonly steps: readonly (readonly ProsePart[])[];
}

/** The guide of a finding, and the part of it that mends this one. */
export interface GuideLink {
  readonly anchor: string;
  readonly number: number;
  readonly mending: string;
}

/** The guides of a report, and which of them a finding follows. */
export interface Guides {
  readonly all: readonly GuideView[];
  readonly byFinding: ReadonlyMap<Finding, GuideLink>;
}

const SUBJECTS_NAMED = 6;

/**
 * A guide for each check that found something, in the findings' order, with a mending for each remediation that its
 * findings have. A check without a text of its own is named by the title of its finding.
 */
export const guidesOf = (findings: readonly Finding[], texts: ReadonlyMap<string, CheckText>): Guides => {
  const byFinding = new Map<Finding, GuideLink>();
  const all = [...groupedBy(findings, ({ checkId }) => checkId).values()].map((ofCheck, index): GuideView => {
    const [first] = ofCheck;
    const number = index + 1;
    const anchor = `guide-${number}`;
    const variants = [...groupedBy(ofCheck, (finding) => JSON.stringify(stepsOf(finding))).values()];
    const text = texts.get(first.checkId);
    return {
      anchor,
      number,
      checkId: visibleText(first.checkId),
      title: visibleText(text?.title ?? first.title),
      what: text ? proseOf(whatWithThresholds(text)) : null,
      risk: text ? proseOf(text.risk) : null,
      mendings: variants.map((alike, variant) => {
        const mending = `${anchor}-${variant + 1}`;
        for (const finding of alike) byFinding.set(finding, { anchor, number, mending });
        return {
          anchor: mending,
          subjects: variants.length === 1 ? null : namesOf(alike),
          steps: stepsOf(alike[0]).map(proseOf),
        };
      }),
      commands: commandsOf(text),
      references: referencesOf(text),
    };
  });
  return { all, byFinding };
};

/** The change that closes a finding stands beside it. */
const stepsOf = (finding: Finding): readonly string[] => {
  const cut = cutOfFinding(finding);
  return finding.remediation.filter((step) => step !== cut);
};

const namesOf = (findings: readonly Finding[]): string =>
  listedInWords([...new Set(findings.map((finding) => nameOfSubject(finding, finding.accountId)))], SUBJECTS_NAMED);

const commandsOf = (text: CheckText | undefined): GuideView['commands'] => {
  const { cli = null, terraform = null } = text?.commands ?? {};
  return [
    ...(cli === null ? [] : [{ label: 'AWS CLI', text: visibleText(cli) }]),
    ...(terraform === null ? [] : [{ label: 'Terraform', text: visibleText(terraform) }]),
  ];
};

// Nothing but https becomes a link. An address may break after these characters and nowhere else.
const referencesOf = (text: CheckText | undefined): GuideView['references'] =>
  (text?.references ?? [])
    .filter((reference) => reference.startsWith('https://'))
    .map((reference) => ({
      href: reference,
      pieces: visibleText(reference.slice('https://'.length)).split(/(?<=[/_#-])/),
    }));

const groupedBy = <Item>(items: readonly Item[], identity: (item: Item) => string) => {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(identity(item));
    if (group === undefined) groups.set(identity(item), [item]);
    else group.push(item);
  }
  return groups;
};
