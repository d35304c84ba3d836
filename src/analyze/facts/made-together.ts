import { epochMillis, type Instant } from '../../kernel/time.ts';
import type { AccessKey, User } from '../../snapshot/account-snapshot.ts';

/** Whole minutes between the making of a user and of its key, whichever came first. */
export const minutesAfterUser = ({ createDate }: User, key: AccessKey): number =>
  minutesBetween(createDate, key.createDate);

const minutesBetween = (from: Instant, to: Instant): number =>
  Math.floor(Math.abs(epochMillis(to) - epochMillis(from)) / 60_000);
