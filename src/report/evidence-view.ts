import { isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';
import { parseInstant } from '../kernel/time.ts';
import { boundedJson, TOO_DEEP } from './bounded-json.ts';
import { visibleText } from './visible-text.ts';
import { counted, nameInWords, numberInWords, timeInWords } from './words.ts';

/** A datum as the page shows it. Exactly one of `plain`, `code`, `time`, `block`, `rows` and `list` is not null. */
export interface EvidenceView {
  readonly plain: string | null;
  /** A name, an ARN, an action: set in a fixed-width face. */
  readonly code: string | null;
  readonly time: { readonly iso: string; readonly text: string } | null;
  /** Text of several lines, such as a policy document. */
  readonly block: string | null;
  readonly rows: readonly EvidenceRow[] | null;
  readonly list: EvidenceList | null;
}

/** A named datum. */
export interface EvidenceRow {
  readonly label: string;
  /** The label is data too (a condition key, a tag), not a word of ours. */
  readonly verbatim: boolean;
  readonly value: EvidenceView;
}

interface EvidenceList {
  readonly first: readonly EvidenceView[];
  /** What is folded away at first; null when nothing is. */
  readonly rest: {
    readonly label: string;
    readonly items: readonly EvidenceView[];
    readonly cut: string | null;
  } | null;
}

const NOTHING: EvidenceView = { plain: null, code: null, time: null, block: null, rows: null, list: null };

// Sizes of what a page shows. The whole of it is in findings.json.
const MAX_DEPTH = 5;
const LIST_SHOWN = 8;
const LIST_FOLDED = 200;
const MAX_TEXT = 20_000;

/** The evidence of a finding as named data. */
export const evidenceRows = (evidence: JsonObject): readonly EvidenceRow[] => rowsOf(evidence, 0);

const UNITS = /^(.+)(Days|Hours|Minutes|Seconds)$/;

const rowsOf = (value: JsonObject, depth: number): readonly EvidenceRow[] =>
  Object.entries(value).map(([key, item]) => {
    const [, name, unit] = UNITS.exec(key) ?? [];
    if (name !== undefined && unit !== undefined && typeof item === 'number') {
      return {
        label: nameInWords(name),
        verbatim: false,
        value: plain(counted(item, unit.toLowerCase().slice(0, -1))),
      };
    }
    const verbatim = !/^[A-Za-z][A-Za-z\d]*$/.test(key);
    return {
      label: verbatim ? visibleText(cut(key)) : nameInWords(cut(key)),
      verbatim,
      value: viewOf(item, depth + 1),
    };
  });

const viewOf = (value: JsonValue, depth: number): EvidenceView => {
  if (value === null) return plain('none');
  if (typeof value === 'boolean') return plain(value ? 'yes' : 'no');
  if (typeof value === 'number')
    return plain(Number.isInteger(value) && value >= 0 ? numberInWords(value) : String(value));
  if (typeof value === 'string') return textView(value);
  if (depth > MAX_DEPTH) return blockOf(value);
  if (Array.isArray(value)) return listView(value, depth);
  return isJsonObject(value) ? objectView(value, depth) : plain(TOO_DEEP);
};

const plain = (text: string): EvidenceView => ({ ...NOTHING, plain: text });

/** A datum of which the words are known. */
export const plainRow = (label: string, text: string): EvidenceRow => ({ label, verbatim: false, value: plain(text) });

const textView = (text: string): EvidenceView => {
  if (text === '') return plain('empty text');
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) {
    const instant = parseInstant(text);
    if (instant.ok) return { ...NOTHING, time: { iso: instant.value, text: timeInWords(instant.value) } };
  }
  const shown = visibleText(cut(text));
  if (text.includes('\n')) return { ...NOTHING, block: shown };
  return text.includes(' ') ? plain(shown) : { ...NOTHING, code: shown };
};

const listView = (items: readonly JsonValue[], depth: number): EvidenceView => {
  if (items.length === 0) return plain('none');
  const views = items.slice(0, LIST_FOLDED).map((item) => viewOf(item, depth + 1));
  // One more than are shown is not worth folding.
  const shown = views.length <= LIST_SHOWN + 1 ? views.length : LIST_SHOWN;
  const rest = {
    label: `${counted(items.length - shown, 'more', 'more')}`,
    items: views.slice(shown),
    cut: items.length > LIST_FOLDED ? `${counted(items.length - LIST_FOLDED, 'more', 'more')} in findings.json` : null,
  };
  return { ...NOTHING, list: { first: views.slice(0, shown), rest: shown < items.length ? rest : null } };
};

const objectView = (value: JsonObject, depth: number): EvidenceView => {
  if (Object.keys(value).length === 0) return plain('none');
  // Policy documents and statements are read as JSON by those who know them.
  const isPolicyText = Object.hasOwn(value, 'Statement') || Object.hasOwn(value, 'Effect');
  return isPolicyText ? blockOf(value) : { ...NOTHING, rows: rowsOf(value, depth) };
};

const blockOf = (value: JsonValue): EvidenceView => ({
  ...NOTHING,
  block: visibleText(cut(JSON.stringify(boundedJson(value, 12), undefined, 2))),
});

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)} … (cut)` : text);
