import type { Instant } from '../kernel/time.ts';
import type { AccessLevel, ServiceReference } from '../reference/service-reference.ts';
import { isNeverTold, type ServiceLastAccessed } from '../snapshot/last-accessed.ts';
import type { EffectivePermission } from './what-can.ts';

/** A service that a permission is about. */
export interface PermittedService {
  /** `s3` */
  readonly service: string;
  /** How many of the known actions it has at each access level; none where the permission is not about single services. */
  readonly levels: Readonly<Partial<Record<AccessLevel, number>>>;
  /**
   * When the principal last used what it may do of the service, or where IAM does not tell of each such action the service
   * as a whole; null: not in the time that IAM keeps track of; absent: not known.
   */
  readonly lastUsed?: Instant | null;
}

/** What is known of the services that a permission is about. */
export interface KnownOfServices {
  readonly reference: ServiceReference;
  readonly lastUse: readonly ServiceLastAccessed[];
}

/** Whether a permission is about the actions of all services, but for some. */
export const isAboutAllServices = ({ actions }: EffectivePermission): boolean => actions.includes('*');

/** The services of a permission; of one about all services, those of which it is known when they were used. */
export const servicesOf = (
  permission: EffectivePermission,
  { reference, lastUse }: KnownOfServices,
): readonly PermittedService[] => {
  const used = new Map(lastUse.map((each) => [each.service.toLowerCase(), each]));
  const actions = new Map<string, string[]>();
  for (const name of permission.known) {
    const service = serviceOf(name);
    const list = actions.get(service);
    if (list === undefined) actions.set(service, [name]);
    else list.push(name);
  }
  for (const pattern of permission.actions)
    if (pattern !== '*' && !actions.has(serviceOf(pattern))) actions.set(serviceOf(pattern), []);
  const all = isAboutAllServices(permission);
  return [...actions]
    .filter(([service]) => !all || used.has(service))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, names]) => {
      const lastUsed = lastUseOfService(names, used.get(service));
      return {
        service,
        levels: all ? {} : levelsOf(names, reference),
        ...(lastUsed === undefined ? {} : { lastUsed }),
      };
    });
};

/**
 * When some of the actions of a service were last used; null: not in the time that IAM keeps track of; undefined: IAM does
 * not tell.
 */
export const lastUseOfService = (
  names: readonly string[],
  told: ServiceLastAccessed | undefined,
): Instant | null | undefined => {
  const tellable = names.filter((name) => !isNeverTold(name));
  if (told === undefined || (names.length > 0 && tellable.length === 0)) return undefined;
  const actions = new Map(told.actions.map(({ action, lastAccessed }) => [action.toLowerCase(), lastAccessed]));
  const times = tellable.map((name) => actions.get(name.slice(name.indexOf(':') + 1).toLowerCase()));
  if (times.length === 0 || times.includes(undefined)) return told.lastAuthenticated;
  return times.reduce<Instant | null>(
    (latest, time) => (time && (latest === null || time > latest) ? time : latest),
    null,
  );
};

/** The service's prefix of an action or a pattern of actions, in lower case. */
export const serviceOf = (action: string): string => action.slice(0, action.indexOf(':')).toLowerCase();

const LEVELS = ['List', 'Read', 'Write', 'Permissions management', 'Tagging'] as const satisfies readonly AccessLevel[];

/** How many of the actions there are at each access level. */
export const levelsOf = (names: readonly string[], reference: ServiceReference): PermittedService['levels'] => {
  const found = names.map((name) => reference.describeAction(name)?.accessLevel);
  return Object.fromEntries(
    LEVELS.map((level) => [level, found.filter((each) => each === level).length] as const).filter(
      ([, count]) => count > 0,
    ),
  );
};
