import { z } from 'zod';
import { canonicalJson } from '../kernel/json.ts';
import { ok } from '../kernel/result.ts';
import { awsError } from './aws-error.ts';
import type { CallEvent } from './call-event.ts';
import { type Operation, type Refuse, readOperation } from './operation.ts';
import { instantInput } from './operations/instant-input.ts';
import { cutPage } from './operations/page.ts';

/** The name of the operation that looks events up. */
export const LOOKUP_EVENTS = 'cloudtrail:LookupEvents';

const attribute = z.object({
  AttributeKey: z.enum([
    'EventId',
    'EventName',
    'ReadOnly',
    'Username',
    'ResourceType',
    'ResourceName',
    'EventSource',
    'AccessKeyId',
  ]),
  AttributeValue: z.string().min(1).max(2000),
});

const lookupInput = z.object({
  LookupAttributes: z.array(attribute).max(1).default([]),
  StartTime: instantInput.optional(),
  EndTime: instantInput.optional(),
  MaxResults: z.int().min(1).max(50).default(50),
  NextToken: z.string().optional(),
});

const refuse: Refuse = (issues) => {
  const [member] = issues[0]?.path ?? [];
  if (member === 'MaxResults') {
    return awsError('InvalidMaxResultsException', 'A value of 1 to 50 is allowed for MaxResults.');
  }
  return member === 'StartTime' || member === 'EndTime'
    ? awsError('InvalidTimeRangeException', 'Time range is invalid.')
    : awsError(
        'InvalidLookupAttributesException',
        'Lookup attributes are invalid: one attribute is allowed, with a value.',
      );
};

/**
 * `cloudtrail:LookupEvents` over what was called, the newest first: the caller's account's events of the region. The
 * operation is not part of the cloud's, since what was called is no part of an account.
 */
export const lookupEventsIn = (events: readonly CallEvent[]): Operation =>
  readOperation(
    LOOKUP_EVENTS,
    lookupInput,
    ({ partition, accountId }, { LookupAttributes: [wanted], StartTime, EndTime, MaxResults, NextToken }, call) => {
      if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
        return awsError('InvalidTimeRangeException', 'Start time must be before end time.');
      }
      const found = events
        .filter(
          (event) =>
            event.accountKey === `${partition}:${accountId}` &&
            event.region === call.region &&
            (StartTime === undefined || event.eventTime >= StartTime) &&
            (EndTime === undefined || event.eventTime <= EndTime) &&
            (wanted === undefined || valuesOf(event)[wanted.AttributeKey].includes(wanted.AttributeValue)),
        )
        .toReversed()
        .map((event) => [event.eventId, event] as const);
      // New events come in before the page that a token names: it goes on at the event, not at a position.
      const cut = cutPage('LookupEvents', NextToken, MaxResults, (from) =>
        from === '' ? found : found.slice(found.findIndex(([id]) => id === from)),
      );
      return cut === null
        ? awsError('InvalidNextTokenException', 'Invalid token.')
        : ok({ Events: cut.items.map(eventView), NextToken: cut.next });
    },
    refuse,
  );

const valuesOf = (
  event: CallEvent,
): Readonly<Record<z.output<typeof attribute>['AttributeKey'], readonly (string | null)[]>> => ({
  EventId: [event.eventId],
  EventName: [event.eventName],
  ReadOnly: [String(event.readOnly)],
  Username: [event.userName],
  ResourceType: event.resources.map(({ ResourceType }) => ResourceType),
  ResourceName: event.resources.map(({ ResourceName }) => ResourceName),
  EventSource: [event.eventSource],
  AccessKeyId: [event.accessKeyId],
});

const eventView = (event: CallEvent) => ({
  EventId: event.eventId,
  EventName: event.eventName,
  ReadOnly: String(event.readOnly),
  ...(event.accessKeyId === '' ? {} : { AccessKeyId: event.accessKeyId }),
  EventTime: event.eventTime,
  EventSource: event.eventSource,
  Username: event.userName,
  Resources: event.resources,
  CloudTrailEvent: canonicalJson(event.record),
});
