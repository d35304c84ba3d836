import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { AccountChange } from './account-change.ts';
import type { Actor } from './actor.ts';
import { linksOf } from './attribution/account-links.ts';
import { type EventIndex, indexEvents, requestsBehind } from './attribution/event-index.ts';
import type { Suspect } from './attribution/suspect.ts';
import { suspectsOfChange } from './attribution/suspects-of-change.ts';
import { suspectsOfFinding } from './attribution/suspects-of-finding.ts';
import type { Finding } from './audit-report.ts';
import type { AskedRequest, WriteEvent } from './write-event.ts';

/** What of one account somebody may have done. */
export interface Deeds {
  readonly changes: readonly AccountChange[];
  readonly findings: readonly Finding[];
}

/** The requests that can be behind changes and findings, each once. */
export const requestsToLookUp = ({ changes, findings }: Deeds, snapshot: AccountSnapshot): readonly AskedRequest[] => {
  const links = linksOf(snapshot);
  const asked = new Map<string, AskedRequest>();
  const ask = (suspects: readonly Suspect[]): void => {
    for (const each of suspects.flatMap(requestsBehind)) asked.set(`${each.request} ${each.region ?? ''}`, each);
  };
  for (const change of changes) ask(suspectsOfChange(change, links));
  for (const finding of findings) ask(suspectsOfFinding(finding, links));
  return [...asked].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
};

/**
 * Changes and findings with who made them by the events of their account: of a change the latest first, of a finding those
 * first whose request says most. Where no event fits, nobody is named.
 */
export const withActors = (
  { changes, findings }: Deeds,
  snapshot: AccountSnapshot,
  events: readonly WriteEvent[],
): Deeds => {
  const links = linksOf(snapshot);
  const index = indexEvents(inOrder(events));
  return {
    changes: changes.map((change) => ({ ...change, by: actorsOf(suspectsOfChange(change, links), index) })),
    findings: findings.map((finding) => {
      const by = actorsOf(suspectsOfFinding(finding, links), index);
      return by.length === 0 ? finding : { ...finding, by };
    }),
  };
};

/** More would bury who it was. */
const MOST_ACTORS = 5;

/** Each event once, the latest first; at the same second in an order of their own, so that they give the same report. */
const inOrder = (events: readonly WriteEvent[]): readonly WriteEvent[] =>
  [...new Map(events.map((event) => [event.id === '' ? event : event.id, event])).values()].sort(
    (a, b) => compare(b.actor.at, a.actor.at) || compare(textOf(a.actor), textOf(b.actor)),
  );

const textOf = ({ arn, request, sourceIp }: Actor): string => `${request} ${arn} ${sourceIp ?? ''}`;

const compare = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** The events behind suspicions, and how much each says. */
const weighed = (suspects: readonly Suspect[], index: EventIndex): ReadonlyMap<WriteEvent, number> => {
  const weights = new Map<WriteEvent, number>();
  for (const suspect of suspects) {
    for (const event of index.behind(suspect)) weights.set(event, Math.max(suspect.weight, weights.get(event) ?? 0));
  }
  return weights;
};

/** Those whose request says most first, and of the same the latest. */
const actorsOf = (suspects: readonly Suspect[], index: EventIndex): readonly Actor[] => {
  const heaviest: { readonly event: WriteEvent; readonly weight: number; readonly place: number }[] = [];
  for (const [event, weight] of weighed(suspects, index)) {
    heaviest.push({ event, weight, place: index.placeOf(event) });
  }
  return heaviest
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
    .slice(0, MOST_ACTORS)
    .map(({ event }) => event.actor);
};
