import type { Finding } from '../finding/audit-report.ts';
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';
import { type EvidenceRow, evidenceRows, plainRow } from './evidence-view.ts';
import type { MethodTitles } from './method-titles.ts';
import { methodInWords } from './method-titles.ts';
import { visibleText } from './visible-text.ts';
import { counted, listedInWords, nameInWords, uncapitalizedName } from './words.ts';

/** The evidence of a finding for people: without what the page tells beside it, and in words where facts are ours. */
export const findingEvidence = (finding: Finding, methods: MethodTitles): readonly EvidenceRow[] => [
  ...peopleRows(finding),
  ...Object.entries(finding.evidence).flatMap(([key, value]) =>
    isToldElsewhere(finding, key, value) ? [] : rowsOfFact(key, value, methods),
  ),
];

/** Who is behind a role of IAM Identity Center, a group with its members. */
const peopleRows = ({ people }: Finding): readonly EvidenceRow[] => {
  if (people === undefined) return [];
  const { permissionSet, unknown, users, moreUsers, groups, moreGroups } = people;
  const listed = [
    ...users,
    ...(moreUsers === 0 ? [] : [`and ${counted(moreUsers, 'more user')}`]),
    ...groups.map(({ name, members, moreMembers }) => ({
      group: name,
      members: members === null ? 'not known' : [...members, ...(moreMembers === 0 ? [] : [`and ${moreMembers} more`])],
    })),
    ...(moreGroups === 0 ? [] : [`and ${counted(moreGroups, 'more group')}`]),
  ];
  const rows = evidenceRows({ permissionSet, peopleBehindTheRole: listed });
  return unknown === null
    ? rows
    : [
        ...rows.slice(0, listed.length === 0 ? 1 : 2),
        plainRow('Who is behind the role', visibleText(`not known: ${unknown}`)),
      ];
};

// What the path to administrator, or who gets in, says already.
const TOLD_BY_PATH: ReadonlySet<string> = new Set(['principalType', 'methods', 'requests', 'conditional', 'cut']);
const TOLD_BY_SUMMARY: ReadonlySet<string> = new Set(['accountId', 'confinedTo']);
// Of no interest where there is none.
const OPTIONAL: ReadonlySet<string> = new Set([
  'alternatives',
  'conditionalAlternatives',
  'outsiders',
  'trustedPrincipals',
]);

const isToldElsewhere = ({ escalation, external }: Finding, key: string, value: JsonValue): boolean =>
  (escalation !== undefined && TOLD_BY_PATH.has(key)) ||
  (external !== undefined && TOLD_BY_SUMMARY.has(key)) ||
  (OPTIONAL.has(key) && isJsonList(value) && value.length === 0) ||
  (key === 'subjects' && typeof value === 'number' && value < 2);

// Facts whose name alone says too little to somebody who has not read the check.
const LABELS: ReadonlyMap<string, string> = new Map([
  ['accessKeyCount', 'Access keys'],
  ['allStopped', 'Stopped for all who have it'],
  ['grantsEverything', 'Allows everything'],
  ['outsiders', 'Who comes from outside'],
  ['present', 'A policy is set'],
  ['subjects', 'Subjects concerned'],
  ['trustedPrincipals', 'Who may take it on'],
  ['weaknesses', 'Too weak'],
]);

// Ids of methods, and what the list of them is called.
const ALTERNATIVES: ReadonlyMap<string, string> = new Map([
  ['alternatives', 'alsoPossible'],
  ['conditionalAlternatives', 'possibleUnderConditions'],
]);

// Facts whose texts are words of ours, not names that somebody gave.
const WORDED: ReadonlySet<string> = new Set(['grantsEverything', 'sameOrganization', 'weaknesses']);
const TIMES_OF_USE: ReadonlySet<string> = new Set(['lastUsed', 'passwordLastUsed']);

const rowsOfFact = (key: string, value: JsonValue, methods: MethodTitles): readonly EvidenceRow[] => {
  const label = LABELS.get(key);
  if (key === 'gap' && isJsonObject(value)) return gapRows(value);
  const alternatives = ALTERNATIVES.get(key);
  if (alternatives !== undefined && isTexts(value)) {
    return evidenceRows({ [alternatives]: value.map((method) => methodInWords(method, methods)) });
  }
  if (WORDED.has(key)) {
    const texts = typeof value === 'string' ? [value] : value;
    if (isTexts(texts) && texts.length > 0) {
      const words = texts.map((text) => visibleText(uncapitalizedName(text)));
      return [plainRow(label ?? nameInWords(key), listedInWords(words, words.length))];
    }
  }
  if (value === null && TIMES_OF_USE.has(key)) return [plainRow(nameInWords(key), 'no use on record')];
  return evidenceRows({ [key]: value }).map((row) => (label === undefined ? row : { ...row, label }));
};

const isTexts = (value: JsonValue): value is readonly string[] =>
  isJsonList(value) && value.every((item) => typeof item === 'string');

/** What is missing, of what, and what would mend that. The summary has said why it is missing. */
const gapRows = ({ source, action, reason, subject }: JsonObject): readonly EvidenceRow[] => [
  ...(typeof source === 'string' ? [plainRow('Missing', visibleText(nameInWords(source)))] : []),
  ...(typeof subject === 'string' ? evidenceRows({ of: subject }) : []),
  ...(typeof action === 'string' ? [plainRow('To have it judged', remedyOf(visibleText(action), reason))] : []),
];

const remedyOf = (action: string, reason: JsonValue | undefined): string => {
  if (reason === 'denied') return `allow ${action} to the principal that audits, and audit again`;
  if (reason === 'skipped') return action.includes(':') ? `audit with ${action}` : `give ${action} to the audit`;
  return 'audit again when the cause is mended';
};
