import type { ActionIndex } from '../../reference/action-index.ts';
import { ACTIONS_OF_EVENTS, METHODS_OF_VERBS, SERVICES_OF_SOURCES } from './event-actions.ts';

/** What an event shows to be used. */
export interface UsedActions {
  /** As in actions: `s3`. */
  readonly service: string;
  /** In AWS's spelling, without the prefix: `ListBucket`; none where the event has no action that is known. */
  readonly actions: readonly string[];
}

/** What an event calls itself. */
export interface NamedEvent {
  /** `eventSource`: `s3.amazonaws.com`. */
  readonly source: string;
  /** `eventName`: `ListObjects`. */
  readonly name: string;
  /** Whether the request named the version of an object. */
  readonly ofVersion: boolean;
}

/**
 * The actions behind an event: those of the tables, else the action of the same name if AWS knows one. Null: the source is
 * none of AWS's services.
 */
export const actionsOfEvent = (
  { source, name: event, ofVersion }: NamedEvent,
  reference: ActionIndex,
): UsedActions | null => {
  const name = /^([a-z0-9][a-z0-9.-]{0,62})\.amazonaws\.com(\.cn)?$/.exec(source)?.[1];
  if (name === undefined) return null;
  const service = own(SERVICES_OF_SOURCES, name) ?? name;
  const plain = plainEventName(event);
  const listed = own(own(ACTIONS_OF_EVENTS, service), plain);
  const method = own(own(METHODS_OF_VERBS, service), /^[A-Z][a-z]+/.exec(plain)?.[0] ?? '');
  const names = listed ?? [method ?? plain];
  const knownAs = (each: string): string | undefined =>
    reference.names[reference.positionOf(`${service}:${each}`) ?? -1]?.slice(service.length + 1);
  // Of a version of an object Amazon S3 asks for another action: `GetObjectVersion`, `GetObjectVersionAcl`.
  const versioned = (each: string): string | undefined =>
    ofVersion && service === 's3' ? knownAs(each.replace('Object', 'ObjectVersion')) : undefined;
  return { service, actions: names.flatMap((each) => versioned(each) ?? knownAs(each) ?? []) };
};

/** The name of an event's request, without the version of the API that some services put behind it. */
export const plainEventName = (event: string): string => event.replace(API_VERSION, '');

/** `CreateFunction20150331`, `GetPolicy20150331v2` of Lambda, `CreateDistribution2020_05_31` of CloudFront. */
const API_VERSION = /(\d{8}(v\d+)?|\d{4}_\d{2}_\d{2})$/;

/** A member that the table itself has, not one that every object has. */
const own = <T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
