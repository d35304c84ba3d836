import type { AlertItem, Transition } from '../finding/alert.ts';
import type { Finding } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import { GONE, type Told } from '../finding/told.ts';
import { hasBeen, keptQuiet, type RouteMemory, recall, toldNow } from './route-memory.ts';
import { type ItemContext, isOfRoute, toldItem, transitionOf } from './told-item.ts';

/** What is new of the findings of an account for one route, in the order of the findings. */
export const newsOfFindings = (
  findings: readonly Finding[],
  memory: RouteMemory,
  context: ItemContext & { readonly sinceBaseline: boolean },
): { readonly items: readonly AlertItem[]; readonly told: readonly Told[] } => {
  const items: AlertItem[] = [];
  const told: Told[] = [];
  for (const finding of findings) {
    const stance = stanceOf(finding);
    const before = recall(memory, finding.key);
    if (stance === null || before === 'outdated') continue;
    const transition = toTell(finding, { stance, before, memory, sinceBaseline: context.sinceBaseline });
    const { accountId, key } = finding;
    if (transition !== null) {
      items.push(toldItem(finding, transition, context));
      told.push(toldNow(memory, { accountId, key, stance }));
    } else if (before !== null && before.stance !== stance) told.push(keptQuiet(memory, before, stance));
  }
  return { items, told: [...told, ...overUnheard(findings, memory, context.account.accountId)] };
};

/** What the route knows as open and is no longer told of: it was resolved at an audit that told nobody. */
const overUnheard = (findings: readonly Finding[], memory: RouteMemory, accountId: string): readonly Told[] => {
  const present = new Set(findings.map(({ key }) => key));
  return [...memory.known.values()]
    .filter((row) => row.accountId === accountId && row.asOf < memory.startedAt && !present.has(row.key))
    .filter(({ stance }) => stance.startsWith(OPEN) || stance === SUPPRESSED)
    .map((row) => keptQuiet(memory, row, GONE));
};

const OPEN = 'open ';
const SUPPRESSED = 'suppressed';

/** How a finding stands, so that two nights can be compared; null: it could not be judged. */
const stanceOf = ({ state, outcome, severity, escalation, conditions }: Finding): string | null => {
  if (outcome !== 'fail' || state === 'not-evaluated') return null;
  if (state === 'resolved') return GONE;
  if (state === 'suppressed') return SUPPRESSED;
  return [OPEN.trim(), severity, escalation?.steps.length ?? 0, ...(conditions === null ? [] : ['conditional'])].join(
    ' ',
  );
};

interface Standing {
  readonly stance: string;
  readonly before: Told | null;
  readonly memory: RouteMemory;
  readonly sinceBaseline: boolean;
}

const toTell = (finding: Finding, { stance, before, memory, sinceBaseline }: Standing): Transition | null => {
  const { route, startedAt } = memory;
  if (!isOfRoute(route, finding)) return null;
  const transition = transitionOf(finding, sinceBaseline) ?? (sinceBaseline ? unheardOf(finding, before) : null);
  if (transition === 'resolved') return route.resolved && before?.stance !== GONE ? transition : null;
  // Worse than the night before is news though it was worse in the same words once.
  const isKnown = before?.stance === stance && (transition !== 'worsened' || before.asOf === startedAt);
  if (transition !== null && !isKnown) return transition;
  return isLongOpen(finding, before, memory) ? 'still-open' : null;
};

/** What became of a finding at audits that told nobody, such as one without alerts; null: nothing. */
const unheardOf = ({ state, outcome, severity }: Finding, before: Told | null): Transition | null => {
  if (state !== 'open' || outcome !== 'fail') return null;
  if (before === null) return 'open';
  if (!before.stance.startsWith(OPEN)) return 'reopened';
  const [, known] = before.stance.split(' ');
  const milder = SEVERITIES.slice(SEVERITIES.indexOf(severity) + 1);
  return milder.some((one) => one === known) ? 'worsened' : null;
};

const isLongOpen = ({ state, severity, firstSeen }: Finding, before: Told | null, memory: RouteMemory): boolean => {
  const days = memory.route.remindAfterDays?.[severity];
  return days !== undefined && state !== 'suppressed' && hasBeen(days, before?.toldAt ?? firstSeen, memory.at);
};
