import type { AccountAccess } from '../../access/account-access.ts';
import type { CutChange, CutUse, EscalationCut } from '../../finding/escalation-cut.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { UsageReader } from '../usage/read-usage.ts';
import { applyCut } from './cut-apply.ts';
import {
  type Choice,
  type Choices,
  type ChoiceTools,
  changesOf,
  createKeyReader,
  fewestOf,
  withChoicesFor,
} from './cut-choices.ts';
import { readCutPolicies } from './cut-policies.ts';
import { cutSentence } from './cut-text.ts';
import { createCutUseReader } from './cut-use.ts';
import type { EscalationPath } from './escalation-path.ts';
import { findPathsAgain } from './find-escalation.ts';

/** What cuts are looked for with. */
export interface CutTools {
  readonly account: AccountSnapshot;
  readonly access: AccountAccess;
  readonly reference: ServiceReference;
  readonly usageOf: UsageReader;
  readonly now: Instant | null;
}

/** The cuts of an account. */
export interface ProposedCuts {
  /** Few that close what can be closed, in the order to make them: those first that close most for what they change. */
  readonly best: readonly EscalationCut[];
  /** The cut that closes what a principal can do, by ARN; absent: none was found, or none could be tried. */
  readonly of: ReadonlyMap<string, EscalationCut>;
  /** Why nothing was tried, in words; null: it was, or there is nothing to close. */
  readonly untried: string | null;
}

/** How often the search is run again at most, and at least where at all; in accounts larger than this nothing is tried. */
const MOST_SEARCHES = 10;
const FEWEST_SEARCHES = 3;
const WORK = 6_000;
const UNTRIED = `No change that closes it was worked out: that is done for accounts of at most ${WORK.toLocaleString('en-US')} users, roles and findings together.`;

const MOST_ROUNDS = 4;

/** Whether something is open still. */
export type Left =
  | { readonly kind: 'none' | 'undetermined' }
  | { readonly kind: 'found'; readonly paths: readonly EscalationPath[] };

/** Searches once more, in the account as changed: what is left, by the keys of what was open. */
export type LeftReader = (changed: AccountSnapshot) => ReadonlyMap<string, Left>;

const administratorsLeft =
  (open: ReadonlyMap<string, unknown>, { reference, now }: CutTools): LeftReader =>
  (changed) =>
    findPathsAgain(changed, reference, new Set(open.keys()), now);

/**
 * Finds the changes that close escalations: `open` holds the paths of every user and role that can become administrator, by
 * ARN, or of what else is to be closed, by any key, with `leftIn` that tells what of it is left. What is proposed was tried by searching again; how often depends on the size of the account.
 */
export const proposeCuts = (
  open: ReadonlyMap<string, readonly EscalationPath[]>,
  tools: CutTools,
  leftIn: LeftReader = administratorsLeft(open, tools),
): ProposedCuts => {
  const size = tools.account.users.length + tools.account.roles.length + open.size;
  if (open.size === 0 || size > WORK) return { best: [], of: new Map(), untried: open.size === 0 ? null : UNTRIED };
  const cutting = startCutting(open, tools, leftIn, size);
  const plan = closeAll(cutting);
  for (const [choice, arns] of byValue(plan, cutting)) tryAlone(cutting, choice, arns);
  for (const arn of open.keys()) closeOne(cutting, arn, plan);
  dropUnproven(cutting, plan);
  return { best: bestOf(cutting), of: cutting.found, untried: null };
};

interface Cutting extends ChoiceTools {
  readonly tools: CutTools;
  readonly open: ReadonlyMap<string, readonly EscalationPath[]>;
  readonly leftIn: LeftReader;
  readonly found: Map<string, EscalationCut>;
  searches: number;
}

const startCutting = (
  open: ReadonlyMap<string, readonly EscalationPath[]>,
  tools: CutTools,
  leftIn: LeftReader,
  size: number,
): Cutting => {
  const { account, access, reference, usageOf } = tools;
  const policies = readCutPolicies(account, access);
  return {
    tools,
    open,
    leftIn,
    policies,
    useOf: createCutUseReader(account, policies, reference, usageOf),
    keysOf: createKeyReader(policies),
    found: new Map(),
    searches: Math.min(MOST_SEARCHES, Math.max(FEWEST_SEARCHES, Math.floor(WORK / size))),
  };
};

/** Who is left with which paths once changes are made; null: the search cannot be run as often. */
const searchAgain = (cutting: Cutting, changes: readonly CutChange[]): ReadonlyMap<string, Left> | null => {
  if (cutting.searches <= 0) return null;
  cutting.searches -= 1;
  return cutting.leftIn(applyCut(cutting.tools.account, changes));
};

/** A choice of changes that was tried, and whom it left open. */
interface Plan {
  readonly chosen: Choices;
  /** Null: it was not tried. */
  readonly left: ReadonlyMap<string, Left> | null;
  /** All paths that were found on the way, by who has them. */
  readonly seen: ReadonlyMap<string, readonly EscalationPath[]>;
}

/** Chooses changes for all findings together, and more or wider ones as long as searching again finds paths. */
const closeAll = (cutting: Cutting): Plan => {
  let chosen = withChoicesFor([...cutting.open.values()].flat(), new Map(), cutting);
  let left: Plan['left'] = null;
  const seen = new Map(cutting.open);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    left = searchAgain(cutting, changesOf(chosen, cutting));
    if (left === null) break;
    for (const [arn, answer] of left) seen.set(arn, [...(seen.get(arn) ?? []), ...pathsOf(answer)]);
    const more = withChoicesFor([...left.values()].flatMap(pathsOf), chosen, cutting);
    if (more === chosen || cutting.searches === 0) break;
    chosen = more;
  }
  return { chosen, left, seen };
};

const pathsOf = (answer: Left): readonly EscalationPath[] => (answer.kind === 'found' ? answer.paths : []);

/** The keys of what every path of somebody needs, with whose they are, those first that are most people's. */
const byValue = ({ chosen }: Plan, { open, keysOf }: Cutting): readonly (readonly [Choice, readonly string[]])[] => {
  const closing = new Map<Choice, string[]>();
  for (const [arn, [first, ...others]] of open) {
    for (const key of first === undefined ? [] : keysOf(first)) {
      const choice = chosen.get(key);
      if (choice === undefined || !others.every((path) => keysOf(path).has(key))) continue;
      closing.set(choice, [...(closing.get(choice) ?? []), arn]);
    }
  }
  return [...closing].sort(([, left], [, right]) => right.length - left.length);
};

/** Tries a change by itself, where it may close something that nothing tried before does. */
const tryAlone = (cutting: Cutting, { variants, at }: Choice, arns: readonly string[]): void => {
  const change = variants[at];
  if (change === undefined || arns.every((arn) => cutting.found.has(arn))) return;
  const left = searchAgain(cutting, [change]);
  if (left !== null) keep(cutting, [change], closedBy(left), 'alone');
};

/** Looks for what closes one finding that no single change does. */
const closeOne = (cutting: Cutting, arn: string, { chosen, left, seen }: Plan): void => {
  if (cutting.found.has(arn)) return;
  const needed = fewestOf(chosen, cutting.open.get(arn) ?? [], cutting);
  if (needed.size === 0) return;
  const tried = tryFor(cutting, arn, needed);
  if (tried !== null) keep(cutting, tried.changes, tried.closes, 'alone');
  else if (left?.get(arn)?.kind === 'none') {
    const keys = new Set((seen.get(arn) ?? []).flatMap((path) => [...cutting.keysOf(path)]));
    const own = new Map([...chosen].filter(([key]) => keys.has(key)));
    cutting.found.set(arn, cutOf(cutting, changesOf(own, cutting), [arn], 'with-the-others'));
  }
};

/** What closes something only with the others is proposed where all that are proposed do close it. */
const dropUnproven = (cutting: Cutting, { chosen }: Plan): void => {
  const proposed = [...cutting.found.values()];
  if (proposed.every(({ verified }) => verified === 'alone')) return;
  const changes = new Map(proposed.flatMap((cut) => cut.changes.map((each) => [JSON.stringify(each), each] as const)));
  if (changesOf(chosen, cutting).every((change) => changes.has(JSON.stringify(change)))) return;
  cutting.searches = 1;
  const left = searchAgain(cutting, [...changes.values()]);
  for (const [arn, { verified }] of cutting.found)
    if (verified === 'with-the-others' && left?.get(arn)?.kind !== 'none') cutting.found.delete(arn);
};

const tryFor = (
  cutting: Cutting,
  arn: string,
  start: Choices,
): { readonly changes: readonly CutChange[]; readonly closes: readonly string[] } | null => {
  let chosen = start;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const changes = changesOf(chosen, cutting);
    const left = searchAgain(cutting, changes);
    const own = left?.get(arn);
    if (left === null || own === undefined) return null;
    if (own.kind === 'none') return { changes, closes: closedBy(left) };
    const more = withChoicesFor(pathsOf(own), chosen, cutting);
    if (more === chosen) return null;
    chosen = more;
  }
  return null;
};

const closedBy = (left: ReadonlyMap<string, Left>): readonly string[] =>
  [...left].filter(([, { kind }]) => kind === 'none').map(([arn]) => arn);

/** Keeps a cut for all that it closes and that have none yet. */
const keep = (
  cutting: Cutting,
  changes: readonly CutChange[],
  closes: readonly string[],
  verified: EscalationCut['verified'],
): void => {
  if (closes.length === 0) return;
  const cut = cutOf(cutting, changes, closes, verified);
  for (const arn of closes) if (!cutting.found.has(arn)) cutting.found.set(arn, cut);
};

const cutOf = (
  { tools, useOf }: Cutting,
  changes: readonly CutChange[],
  closes: readonly string[],
  verified: EscalationCut['verified'],
): EscalationCut => ({
  accountId: tools.account.accountId,
  changes,
  sentences: changes.map(cutSentence),
  closes: [...closes].sort(),
  usedAccess: allUse(changes.map(useOf)),
  verified,
});

const allUse = (uses: readonly CutUse[]): CutUse => ({
  status: (['used', 'unknown'] as const).find((status) => uses.some((use) => use.status === status)) ?? 'unused',
  used: uses.flatMap(({ used }) => used),
});

/**
 * Cuts that close everything together, in the order to make them: each closes most for what it changes beside those
 * before it.
 */
const bestOf = ({ found }: Cutting): readonly EscalationCut[] => {
  const left = new Set(found.keys());
  const made = new Set<string>();
  const waiting = new Set(found.values());
  const best: EscalationCut[] = [];
  const gainOf = ({ closes, changes }: EscalationCut): number =>
    closes.filter((arn) => left.has(arn)).length /
    Math.max(1, changes.filter((change) => !made.has(JSON.stringify(change))).length);
  while (waiting.size > 0 && left.size > 0) {
    const [first, ...others] = [...waiting].map((cut) => ({ cut, gain: gainOf(cut) }));
    if (first === undefined) break;
    const { cut, gain } = others.reduce((one, other) => (other.gain > one.gain ? other : one), first);
    waiting.delete(cut);
    if (gain === 0) continue;
    best.push(cut);
    for (const arn of cut.closes) left.delete(arn);
    for (const change of cut.changes) made.add(JSON.stringify(change));
  }
  return best;
};
