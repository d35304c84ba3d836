import type { Instant } from '../kernel/time.ts';
import type { AccountSnapshot } from './account-snapshot.ts';
import { type SeenUse, usedBy } from './cloudtrail.ts';
import type { ServiceLastAccessed } from './last-accessed.ts';

/**
 * When a user or role last used which service: what IAM tells, with what CloudTrail shows beside; where IAM was not asked,
 * what CloudTrail shows, which tells nothing of services that it does not name.
 */
export const lastUseOf = (
  arn: string,
  { lastAccessed, cloudTrail }: Pick<AccountSnapshot, 'lastAccessed' | 'cloudTrail'>,
): readonly ServiceLastAccessed[] => {
  const told = lastAccessed.known ? lastAccessed.value.get(arn) : undefined;
  if (told !== undefined) return told;
  return cloudTrail.known ? servicesSeen(usedBy(arn, cloudTrail.value)) : [];
};

const servicesSeen = (uses: readonly SeenUse[]): readonly ServiceLastAccessed[] =>
  [...new Set(uses.map(({ service }) => service))].map((service) => {
    const ofService = uses.filter((use) => use.service === service);
    return {
      service,
      lastAuthenticated: latest(ofService),
      actions: [...new Set(ofService.flatMap(({ action }) => action ?? []))].map((action) => ({
        action,
        lastAccessed: latest(ofService.filter((use) => use.action === action)),
      })),
    };
  });

const latest = (uses: readonly SeenUse[]): Instant | null =>
  uses.reduce<Instant | null>((late, { lastUsed }) => (late === null || lastUsed > late ? lastUsed : late), null);
