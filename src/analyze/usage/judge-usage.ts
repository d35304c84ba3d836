import type { JsonObject } from '../../kernel/json.ts';
import { daysBetween, type Instant } from '../../kernel/time.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import type { Judgement } from '../define-check.ts';
import { isManagedByAws } from '../facts/managed-by-aws.ts';
import type { ServiceUsage, Usage, UsageReader } from './read-usage.ts';

/** What the checks of unused permissions have in common. */
interface UsageQuestion {
  readonly now: Instant;
  readonly usageOf: UsageReader;
  readonly unusedDays: number;
}

/** What a sentence calls the principal with this ARN. */
export const nounOf = (arn: string): string => (arn.includes(':role/') ? 'Role' : 'User');

/** What a principal has used, where it uses something at all. */
type KnownUsage = Extract<Usage, { readonly kind: 'known' }>;

/**
 * Judges what each user and role has used. Roles that AWS manages are left out. Of whoever uses nothing at all other checks
 * tell, and of the young nothing can be told: for both `judge` gets no services.
 */
export function* judgeUsage<Facts extends JsonObject>(
  { users, roles }: AccountSnapshot,
  { now, usageOf, unusedDays }: UsageQuestion,
  judge: (principal: User | Role, usage: KnownUsage) => Omit<Extract<Judgement<Facts>, { evidence: Facts }>, 'subject'>,
): Iterable<Judgement<Facts>> {
  for (const principal of [...users, ...roles.filter((role) => !isManagedByAws(role))]) {
    const subject = { arn: principal.arn };
    const isYoung = daysBetween(principal.createDate, now) < unusedDays;
    const usage: Usage = isYoung ? { kind: 'known', trackedDays: 0, services: [] } : usageOf(principal);
    if (usage.kind === 'unknown') yield { subject, outcome: 'unknown', gap: usage.gap };
    else {
      const services = isIdle(usage.services, unusedDays) ? [] : usage.services;
      yield { subject, ...judge(principal, { ...usage, services }) };
    }
  }
}

/**
 * Whether IAM saw the principal use nothing at all. Then `role-unused` and the checks of credentials tell of it; and where
 * those see a use, it was of something that IAM does not tell of, so that nothing can be said of the rest either.
 */
const isIdle = (services: readonly ServiceUsage[], unusedDays: number): boolean =>
  services.every(({ lastUsed, idleDays }) => lastUsed === null || idleDays >= unusedDays);
