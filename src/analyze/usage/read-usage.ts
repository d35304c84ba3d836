import type { AccountAccess } from '../../access/account-access.ts';
import { type EffectivePermission, whatCan } from '../../access/what-can.ts';
import { daysBetween, type Instant } from '../../kernel/time.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, ManagedPolicy, Role, User } from '../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../snapshot/collected.ts';
import { isNeverTold, type ServiceLastAccessed, TRACKED_DAYS } from '../../snapshot/last-accessed.ts';
import { unreadPolicyGap } from '../facts/unread-policy.ts';

/** What a principal was granted and has used, as far as IAM tells; or why that is not known. */
export type Usage =
  | {
      readonly kind: 'known';
      /** How far back it is known: 400 days, or the principal's age. */
      readonly trackedDays: number;
      /** The services that it is effectively granted something of and that IAM tells of, by prefix. */
      readonly services: readonly ServiceUsage[];
    }
  | { readonly kind: 'unknown'; readonly gap: CollectionGap };

/** When something was last used. */
export interface LastUsage {
  /** Null: not in the time that IAM tells of. */
  readonly lastUsed: Instant | null;
  /** Days since, or the days in which it could have been used and was not. */
  readonly idleDays: number;
}

/** A service and when the principal last used it. */
export interface ServiceUsage extends LastUsage {
  /** As in actions: `s3`. */
  readonly service: string;
  /** Of the actions that are granted, those whose use IAM tells. */
  readonly actions: readonly ActionUsage[];
}

/** An action and when the principal last used it. */
export interface ActionUsage extends LastUsage {
  /** In AWS's spelling: `s3:CreateBucket`. */
  readonly action: string;
}

/** Tells what a user or role has used of what it is granted. */
export type UsageReader = (principal: User | Role) => Usage;

/** What the reader is made of. */
interface UsageTools {
  readonly access: AccountAccess;
  readonly reference: ServiceReference;
  readonly now: Instant;
}

/** Makes the reader of an account. What it has read it remembers. */
export const createUsageReader = (snapshot: AccountSnapshot, tools: UsageTools): UsageReader => {
  const remembered = new WeakMap<User | Role, Usage>();
  const daysOf = daysInForce(snapshot.managedPolicies, tools.now);
  return (principal) => {
    const usage = remembered.get(principal) ?? readUsage(principal, snapshot, daysOf, tools);
    remembered.set(principal, usage);
    return usage;
  };
};

const readUsage = (
  principal: User | Role,
  { lastAccessed, gaps }: AccountSnapshot,
  daysOf: DaysInForce,
  { access, reference, now }: UsageTools,
): Usage => {
  const trackedDays = Math.min(TRACKED_DAYS, daysBetween(principal.createDate, now));
  if (!lastAccessed.known) return { kind: 'unknown', gap: lastAccessed.gap };
  const question = { service: null, context: {} };
  // What the policies of resources grant is none of the principal's own, and IAM does not tell of it.
  const own = { asker: access.asker, carriers: () => [] };
  const { permissions, doubts } = whatCan(principal, own, reference, question);
  if (doubts.length > 0) return { kind: 'unknown', gap: unreadPolicyGap(principal.arn, doubts) };
  const told = lastAccessed.value.get(principal.arn);
  if (told === undefined && permissions.length > 0 && trackedDays > 0) {
    const gap = gaps.find(({ source, subject }) => source === 'last-accessed' && subject === principal.arn);
    return { kind: 'unknown', gap: gap ?? NOT_ASKED };
  }
  const granted = daysGranted(permissions, daysOf);
  const services = (told ?? []).flatMap((service) => serviceUsage(service, granted, { trackedDays, now }) ?? []);
  return { kind: 'known', trackedDays, services };
};

/** For how many days a policy has said what it says; infinite where that is not known. */
type DaysInForce = (policy: string | null) => number;

// AWS changes its policies often, and mostly to add to them: what they grant counts as granted for ever.
const daysInForce = (policies: readonly ManagedPolicy[], now: Instant): DaysInForce => {
  const days = new Map<string, number>(
    policies
      .filter(({ awsManaged }) => !awsManaged)
      .flatMap(({ arn, versions }) => {
        const inForce = versions.find(({ isDefaultVersion }) => isDefaultVersion);
        return inForce === undefined ? [] : [[arn, daysBetween(inForce.createDate, now)] as const];
      }),
  );
  return (policy) => days.get(policy ?? '') ?? Number.POSITIVE_INFINITY;
};

/** For how many days the actions of a service have been granted at least, by action in lower case. */
type Granted = ReadonlyMap<string, ReadonlyMap<string, number>>;

const daysGranted = (permissions: readonly EffectivePermission[], daysOf: DaysInForce): Granted => {
  const services = new Map<string, Map<string, number>>();
  for (const { known, terms } of permissions) {
    const days = daysOf(terms.grantedBy?.policy ?? null);
    for (const name of known) {
      const action = name.toLowerCase();
      const service = action.slice(0, action.indexOf(':'));
      const actions = services.get(service) ?? new Map<string, number>();
      services.set(service, actions);
      actions.set(action, Math.max(days, actions.get(action) ?? 0));
    }
  }
  return services;
};

/** Of a service whose granted actions are none that IAM tells of, nothing is known. */
const serviceUsage = (
  { service, lastAuthenticated, actions }: ServiceLastAccessed,
  granted: Granted,
  { trackedDays, now }: { readonly trackedDays: number; readonly now: Instant },
): ServiceUsage | null => {
  const days = granted.get(service.toLowerCase()) ?? new Map<string, number>();
  const tellable = [...days].filter(([action]) => !isNeverTold(action));
  if (tellable.length === 0) return null;
  const lastUsage = (lastUsed: Instant | null, daysPossible: number): LastUsage => ({
    lastUsed,
    idleDays: lastUsed === null ? Math.min(trackedDays, daysPossible) : daysBetween(lastUsed, now),
  });
  return {
    service,
    ...lastUsage(lastAuthenticated, Math.max(...tellable.map(([, each]) => each))),
    actions: actions.flatMap(({ action: name, lastAccessed }) => {
      const action = `${service}:${name}`;
      const possible = days.get(action.toLowerCase());
      if (possible === undefined || isNeverTold(action)) return [];
      return [{ action, ...lastUsage(lastAccessed, possible) }];
    }),
  };
};

/** About nobody by name: a saved file that tells of some principals only is one gap, however many it leaves out. */
const NOT_ASKED: CollectionGap = {
  source: 'last-accessed',
  action: 'last-accessed.json',
  reason: 'skipped',
  detail: 'what some users and roles last accessed was not asked for',
  subject: null,
};
