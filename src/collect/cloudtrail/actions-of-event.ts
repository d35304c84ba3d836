import type { ActionIndex } from '../../reference/action-index.ts';
import { ACTIONS_OF_EVENTS, METHODS_OF_VERBS, SERVICES_OF_SOURCES } from './event-actions.ts';

/** What an event shows to be used. */
export interface UsedActions {
  /** As in actions: `s3`. */
  readonly service: string;
  /** In AWS's spelling, without the prefix: `ListBucket`; none where the event has no action that is known. */
  readonly actions: readonly string[];
}

/**
 * The actions behind an event, by its `eventSource` and `eventName`: those of the tables, else the action of the same name
 * if AWS knows one. Null: the source is none of AWS's services.
 */
export const actionsOfEvent = (source: string, event: string, reference: ActionIndex): UsedActions | null => {
  const name = /^([a-z0-9][a-z0-9.-]{0,62})\.amazonaws\.com(\.cn)?$/.exec(source)?.[1];
  if (name === undefined) return null;
  const service = own(SERVICES_OF_SOURCES, name) ?? name;
  const plain = event.replace(API_VERSION, '');
  const listed = own(own(ACTIONS_OF_EVENTS, service), plain);
  const method = own(own(METHODS_OF_VERBS, service), /^[A-Z][a-z]+/.exec(plain)?.[0] ?? '');
  const names = listed ?? [method ?? plain];
  const known = names.flatMap((each) => reference.names[reference.positionOf(`${service}:${each}`) ?? -1] ?? []);
  return { service, actions: known.map((action) => action.slice(service.length + 1)) };
};

/** `CreateFunction20150331`, `GetPolicy20150331v2` of Lambda, `CreateDistribution2020_05_31` of CloudFront. */
const API_VERSION = /(\d{8}(v\d+)?|\d{4}_\d{2}_\d{2})$/;

/** A member that the table itself has, not one that every object has. */
const own = <T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
