import type { Actor } from '../../finding/actor.ts';
import type { WriteEvent } from '../../finding/write-event.ts';
import { KNOWN_WRITES } from '../../finding/write-requests.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../kernel/json.ts';
import { parseInstant } from '../../kernel/time.ts';
import { plainEventName } from './actions-of-event.ts';
import { parseRecord } from './parse-record.ts';

/** What an event says: a request that changed something of which the house asks; none; or nothing that can be read. */
export type WriteReading =
  | { readonly kind: 'write'; readonly event: WriteEvent }
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable' };

const OTHER: WriteReading = { kind: 'other' };
const UNREADABLE: WriteReading = { kind: 'unreadable' };

/**
 * Reads an event as trails log it, or as `LookupEvents` answers it. What AWS refused, or failed to do, changed nothing.
 * Source: "CloudTrail record contents" and "CloudTrail userIdentity element", AWS CloudTrail User Guide.
 */
export const readWriteEvent = (text: string): WriteReading => {
  const record = parseRecord(text);
  if (record === null) return UNREADABLE;
  const request = requestOf(record);
  if (request === null) return UNREADABLE;
  if (!KNOWN_WRITES.has(request) || record['readOnly'] === true || textOf(record['errorCode']) !== null) return OTHER;
  const time = parseInstant(textOf(record['eventTime']) ?? '');
  const who = actorOf(record['userIdentity']);
  const accountId = accountOf(record);
  if (!time.ok || who === null || accountId === null) return UNREADABLE;
  const sourceIp = shown(record['sourceIPAddress']);
  return {
    kind: 'write',
    event: {
      id: shown(record['eventID']) ?? '',
      accountId,
      region: shown(record['awsRegion']) ?? '',
      actor: { ...who, at: time.value, request, sourceIp },
      parameters: namesIn(record),
    },
  };
};

const requestOf = ({ eventSource, eventName }: JsonObject): string | null => {
  const service = /^([a-z0-9][a-z0-9.-]{0,62})\.amazonaws\.com(\.cn)?$/.exec(textOf(eventSource) ?? '')?.[1];
  const name = textOf(eventName);
  return service === undefined || name === null ? null : `${service}:${plainEventName(name)}`;
};

const accountOf = ({ recipientAccountId, userIdentity }: JsonObject): string | null => {
  const own = isJsonObject(userIdentity) ? userIdentity['accountId'] : undefined;
  const id = textOf(recipientAccountId) ?? textOf(own);
  return id !== null && /^\d{12}$/.test(id) ? id : null;
};

/** Null: the event does not tell who it was, or no ARN looks like that. */
const actorOf = (identity: JsonValue | undefined): Pick<Actor, 'arn' | 'role'> | null => {
  if (!isJsonObject(identity)) return null;
  const arn = shown(identity['arn']);
  if (arn === null || !ARN.test(arn)) {
    // Neither a service nor, in some services' events, somebody in another account has an ARN.
    const other = shown(identity['invokedBy']) ?? shown(identity['accountId']);
    return other === null ? null : { arn: other };
  }
  const context = identity['sessionContext'];
  const issuer = isJsonObject(context) ? context['sessionIssuer'] : undefined;
  const role = isJsonObject(issuer) && issuer['type'] === 'Role' ? shown(issuer['arn']) : null;
  return role !== null && ROLE.test(role) ? { arn, role } : { arn };
};

const ARN = /^arn:[a-z-]+:(iam|sts)::\d{12}:[\w+=,.@/:-]{1,700}$/;
const ROLE = /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]{1,600}$/;

/** What stands in no ARN or name of AWS was put into a log file by somebody else, and is not for people's eyes. */
const shown = (value: JsonValue | undefined): string | null => {
  const text = textOf(value);
  return text !== null && /^[\x20-\x7e]{1,800}$/.test(text) ? text : null;
};

const textOf = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);

/** Names and ids are shorter; policy documents are not kept. */
const LONGEST_NAME = 2048;
const MOST_NAMES = 60;
/** What of a request or answer names something; `queueUrl` and `name` among them. */
const NAMING = /(?:name|id|arn|url|number)$/i;

/** Names in the request, then those in the answer to it: the keys and ids of what was made are known only by then. */
const namesIn = ({ requestParameters, responseElements }: JsonObject): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  const answered = isJsonObject(responseElements) ? responseElements : {};
  const made = Object.values(answered).filter(isJsonObject);
  for (const each of [isJsonObject(requestParameters) ? requestParameters : {}, answered, ...made]) {
    for (const [name, value] of Object.entries(each)) {
      if (names.size >= MOST_NAMES) return names;
      if (typeof value !== 'string' || value.length > LONGEST_NAME || names.has(name) || !NAMING.test(name)) continue;
      names.set(name, value);
    }
  }
  return names;
};
