import { jsonPointer } from '../../kernel/json.ts';
import type { Instant } from '../../kernel/time.ts';
import type { AccountSnapshot, Role } from '../account-snapshot.ts';
import { type CloudTrailDocument, type CloudTrailUse, principalKey, type SeenUse, usedBy } from '../cloudtrail.ts';
import { known, mapCollected } from '../collected.ts';
import type { ActionLastAccessed, ServiceLastAccessed } from '../last-accessed.ts';
import type { Reader } from './assembly.ts';

/** Reads what CloudTrail shows to be used. A role that stands there with and without its path is one. */
export const readCloudTrail = ({ from, to, principals }: CloudTrailDocument, read: Reader): CloudTrailUse => {
  const byKey = new Map<string, SeenUse[]>();
  for (const [arn, uses] of Object.entries(principals)) {
    const pointer = jsonPointer('/principals', arn);
    const seen = uses.map(
      ({ service, action = null, lastUsed, resources = [], moreResources = false }, index): SeenUse => ({
        service: service.toLowerCase(),
        action,
        lastUsed: read.instant(lastUsed, `${jsonPointer(pointer, index)}/lastUsed`),
        resources,
        moreResources,
      }),
    );
    byKey.set(principalKey(arn), [...(byKey.get(principalKey(arn)) ?? []), ...seen]);
  }
  return { from: read.instant(from, '/from'), to: read.instant(to, '/to'), principals: byKey };
};

/**
 * The account with what CloudTrail shows counted as last use, where it is later than what IAM tells, or IAM does not keep
 * track of it. Whoever IAM tells nothing of stays unknown: CloudTrail alone never shows that something is unused.
 */
export const withSeenUse = (snapshot: AccountSnapshot): AccountSnapshot => {
  const { cloudTrail, lastAccessed, roles } = snapshot;
  if (!cloudTrail.known) return snapshot;
  const { value: seen, time } = cloudTrail;
  return {
    ...snapshot,
    lastAccessed: mapCollected(
      lastAccessed,
      (told) => new Map([...told].map(([arn, services]) => [arn, mergedServices(services, usedBy(arn, seen))])),
    ),
    roles: roles.map((role) => {
      const date = latest(usedBy(role.arn, seen).map(({ lastUsed }) => lastUsed));
      return date === null || !isLater(date, role.lastUsed)
        ? role
        : { ...role, lastUsed: known({ date, region: null }, 'cloudtrail', time) };
    }),
  };
};

const latest = (times: readonly (Instant | null)[]): Instant | null =>
  times.reduce((late, time) => (late === null || (time !== null && time > late) ? time : late), null);

const isLater = (date: Instant, lastUsed: Role['lastUsed']): boolean =>
  !lastUsed.known || lastUsed.value === null || lastUsed.value.date < date;

/** Services in the order of IAM, then those that CloudTrail alone knows. */
const mergedServices = (
  told: readonly ServiceLastAccessed[],
  seen: readonly SeenUse[],
): readonly ServiceLastAccessed[] => {
  const names = new Set(told.map(({ service }) => service.toLowerCase()));
  const others = [...new Set(seen.map(({ service }) => service))]
    .filter((service) => !names.has(service))
    .map((service) => ({ service, lastAuthenticated: null, actions: [] }));
  return [...told, ...others].map((each) =>
    mergedService(
      each,
      seen.filter(({ service }) => service === each.service.toLowerCase()),
    ),
  );
};

const mergedService = (told: ServiceLastAccessed, seen: readonly SeenUse[]): ServiceLastAccessed => {
  if (seen.length === 0) return told;
  const times = new Map<string, ActionLastAccessed>(told.actions.map((each) => [each.action.toLowerCase(), each]));
  for (const { action, lastUsed } of seen) {
    if (action === null) continue;
    const known = times.get(action.toLowerCase()) ?? { action, lastAccessed: null };
    times.set(action.toLowerCase(), { ...known, lastAccessed: latest([known.lastAccessed, lastUsed]) });
  }
  const lastAuthenticated = latest([told.lastAuthenticated, ...seen.map(({ lastUsed }) => lastUsed)]);
  return { ...told, lastAuthenticated, actions: [...times.values()] };
};
