import { friendlyName } from '../../iam/arn.ts';
import type { AskedRequest, WriteEvent } from '../write-event.ts';
import { WRITE_REQUESTS, type WriteRequests } from '../write-requests.ts';
import type { Suspect, Thing } from './suspect.ts';

/** Events by what they are about. */
export interface EventIndex {
  /** The events that can be behind a suspicion, in no order. */
  behind(suspect: Suspect): readonly WriteEvent[];
  /** How many events come before it. */
  placeOf(event: WriteEvent): number;
}

/** The requests that can be behind a suspicion. */
export const requestsBehind = (suspect: Suspect): readonly AskedRequest[] =>
  rowsFor(suspect).flatMap(({ requests }) =>
    requests
      .filter((request) => isOfService(request, suspect.thing))
      .map((request) => ({ request, region: suspect.thing.region })),
  );

/** Indexes the events of an account. */
export const indexEvents = (events: readonly WriteEvent[]): EventIndex => {
  const byName = new Map<string, Set<WriteEvent>>();
  for (const event of events) {
    for (const row of ROWS_OF.get(event.actor.request) ?? []) {
      for (const name of namesOf(event, row)) {
        const key = keyOf(event.actor.request, row, name);
        byName.set(key, (byName.get(key) ?? new Set()).add(event));
      }
    }
  }
  const about = (row: WriteRequests, request: string, thing: Thing): readonly WriteEvent[] =>
    (row.named.length === 0 ? [''] : [thing.arn, thing.id, nameOf(thing)]).flatMap((name) => [
      ...(byName.get(keyOf(request, row, name)) ?? []),
    ]);
  const search = (suspect: Suspect): readonly WriteEvent[] => {
    const { thing, part } = suspect;
    const found = rowsFor(suspect).flatMap((row) =>
      row.requests
        .filter((request) => isOfService(request, thing))
        .flatMap((request) => about(row, request, thing))
        .filter((event) => (thing.region === null || thing.region === event.region) && namesPart(event, row, part)),
    );
    return [...new Set(found)];
  };
  const known = new Map<string, readonly WriteEvent[]>();
  const places = new Map(events.map((event, place) => [event, place]));
  return {
    placeOf: (event) => places.get(event) ?? events.length,
    behind(suspect) {
      const { thing, causes, part } = suspect;
      // Many principals share them.
      if (thing.type !== 'ManagedPolicy' && thing.type !== 'Group') return search(suspect);
      const key = `${thing.arn} ${[...causes].join()} ${part ?? ''}`;
      const found = known.get(key) ?? search(suspect);
      known.set(key, found);
      return found;
    },
  };
};

const rowsBy = <K>(keysOf: (row: WriteRequests) => readonly K[]): ReadonlyMap<K, readonly WriteRequests[]> => {
  const rows = new Map<K, WriteRequests[]>();
  for (const row of WRITE_REQUESTS) {
    for (const key of keysOf(row)) rows.set(key, [...(rows.get(key) ?? []), row]);
  }
  return rows;
};

const ROWS_OF = rowsBy(({ requests }) => requests);
const ROWS_ON = rowsBy(({ type }) => [type]);

const rowsFor = ({ thing, causes }: Suspect): readonly WriteRequests[] =>
  (ROWS_ON.get(thing.type) ?? []).filter(({ causes: can }) => can.some((cause) => causes.has(cause)));

/** A queue may have the name of a bucket. */
const isOfService = (request: string, { type, arn }: Thing): boolean =>
  type !== 'Resource' || request.startsWith(`${arn.split(':')[2]}:`);

/** What a request may call a thing. The ARNs of secrets end with letters that are no part of their names. */
const nameOf = ({ type, arn }: Thing): string => {
  if (type !== 'Resource') return friendlyName(arn);
  const [, , service, , , ...rest] = arn.split(':');
  const name = rest.join(':').replace(/^(function|secret|repository|table|key)[:/]/, '');
  return service === 'secretsmanager' ? name.replace(/-\w{6}$/, '') : name;
};

/** Names of IAM are the same in capitals and small letters. Source: "IAM object quotas", IAM User Guide. */
const keyOf = (request: string, { type }: WriteRequests, name: string): string =>
  `${request} ${type} ${type === 'Resource' ? name : name.toLowerCase()}`;

/** How an event names the thing of a row. */
const namesOf = (event: WriteEvent, row: WriteRequests): readonly string[] => {
  const { parameters, actor } = event;
  const isRoot = actor.arn.endsWith(':root');
  if (row.type === 'RootUser') return isRoot && !parameters.has('userName') ? [''] : [];
  if (row.named.length === 0) return [''];
  // Who names no user means itself. Source: `CreateAccessKey`, IAM API Reference.
  if (row.type === 'User' && !parameters.has('userName')) {
    return /:iam::\d+:user\//.test(actor.arn) ? [friendlyName(actor.arn)] : [];
  }
  return row.named.flatMap((parameter) => {
    const value = parameters.get(parameter);
    return value === undefined ? [] : [nameIn(value)];
  });
};

/** Queues are named by their URL. */
const nameIn = (value: string): string => (/^https?:/.test(value) ? friendlyName(value) : value);

/** A request that names another part than the one that changed did not change it. */
const namesPart = ({ parameters }: WriteEvent, { parts = [] }: WriteRequests, part: string | null): boolean => {
  const named = parts.flatMap((parameter) => parameters.get(parameter) ?? []);
  return part === null || named.length === 0 || named.includes(part);
};
