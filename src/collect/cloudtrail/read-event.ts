import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../kernel/json.ts';
import { type Instant, parseInstant } from '../../kernel/time.ts';
import type { ActionIndex } from '../../reference/action-index.ts';
import { actionsOfEvent, type UsedActions } from './actions-of-event.ts';
import { parseRecord } from './parse-record.ts';

/** A use that an event shows. */
export interface SeenEvent extends UsedActions {
  /** The user or role; a session counts for the role whose it is. Of a role the path may be missing. */
  readonly principal: string;
  readonly time: Instant;
  /** ARNs that the event names; the objects of a bucket as one. */
  readonly resources: readonly string[];
}

/** What an event says: somebody used something; nothing of that kind; or nothing that can be read. */
export type EventReading =
  | { readonly kind: 'use'; readonly event: SeenEvent }
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable' };

const OTHER: EventReading = { kind: 'other' };
const UNREADABLE: EventReading = { kind: 'unreadable' };

/**
 * Reads an event as trails log it, or as `LookupEvents` answers it. Calls that AWS refused are no use, nor are those that
 * services, the root user or other accounts made. Source: "CloudTrail record contents", AWS CloudTrail User Guide.
 */
export const readEvent = (text: string, reference: ActionIndex): EventReading => {
  const record = parseRecord(text);
  const { eventTime, eventSource, eventName, eventType = 'AwsApiCall', userIdentity, errorCode } = record ?? {};
  if (record === null || typeof eventSource !== 'string' || typeof eventName !== 'string') return UNREADABLE;
  const time = parseInstant(typeof eventTime === 'string' ? eventTime : '');
  if (!time.ok) return UNREADABLE;
  if (eventType !== 'AwsApiCall' && eventType !== 'AwsConsoleAction') return OTHER;
  if (typeof errorCode === 'string' && REFUSED.test(errorCode)) return OTHER;
  const principal = principalOf(userIdentity);
  if (principal === null) return OTHER;
  const used = actionsOfEvent({ source: eventSource, name: eventName, ofVersion: isOfVersion(record) }, reference);
  if (used === null) return UNREADABLE;
  return { kind: 'use', event: { principal, time: time.value, ...used, resources: resourcesOf(record) } };
};

/** The codes with which services refuse a call, or do not even take its credentials. */
const REFUSED =
  /AccessDenied|Unauthori[sz]ed|NotAuthori[sz]ed|AuthorizationError|Forbidden|AuthFailure|ExpiredToken|RequestExpired|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|InvalidAccessKeyId|OptInRequired/i;

/** The ARN of the user or role in whose name the call was made; null for everybody else. */
const principalOf = (identity: JsonValue | undefined): string | null => {
  if (!isJsonObject(identity)) return null;
  const { type, arn, sessionContext } = identity;
  if (type === 'IAMUser') return principalArn(arn);
  if (type !== 'AssumedRole' && type !== 'FederatedUser') return null;
  const issuer = isJsonObject(sessionContext) ? sessionContext['sessionIssuer'] : undefined;
  return (isJsonObject(issuer) ? principalArn(issuer['arn']) : null) ?? roleOfSession(arn);
};

const principalArn = (arn: JsonValue | undefined): string | null =>
  typeof arn === 'string' && /^arn:[a-z-]+:iam::\d{12}:(user|role)\/[\w+=,.@/-]{1,600}$/.test(arn) ? arn : null;

const roleOfSession = (arn: JsonValue | undefined): string | null => {
  const [, partition, account, name] =
    /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]{1,64})\//.exec(typeof arn === 'string' ? arn : '') ?? [];
  return name === undefined ? null : `arn:${partition}:iam::${account}:role/${name}`;
};

const isOfVersion = ({ requestParameters }: JsonObject): boolean =>
  isJsonObject(requestParameters) && typeof requestParameters['versionId'] === 'string';

const resourcesOf = ({ resources, requestParameters }: JsonObject): readonly string[] => {
  const listed = isJsonList(resources) ? resources.map((each) => (isJsonObject(each) ? each['ARN'] : undefined)) : [];
  // `AssumeRole` of an older kind names the role here alone.
  const role = isJsonObject(requestParameters) ? requestParameters['roleArn'] : undefined;
  const arns = [...listed, role].filter((arn) => typeof arn === 'string' && /^arn:[^\s]{1,2000}$/.test(arn));
  const texts = new Set(arns.map((arn) => objectsAsOne(String(arn))));
  return [...texts].filter((arn) => !texts.has(`${arn}/*`));
};

/** A bucket may have more objects than anybody would read. */
const objectsAsOne = (arn: string): string => arn.replace(/^(arn:[a-z-]+:s3:::[^/]+)\/.*$/s, '$1/*');
