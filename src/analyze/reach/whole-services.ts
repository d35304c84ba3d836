import type { Role, User } from '../../snapshot/account-snapshot.ts';
import type { Reached, ReachQuestion, ReachReader } from './read-reach.ts';

/** Services whose every action in one hand is too much: who may do what, keys, secrets, traces, data. */
export const SENSITIVE_SERVICES: readonly string[] = [
  'account',
  'cloudtrail',
  'iam',
  'kms',
  'organizations',
  'ram',
  's3',
  'secretsmanager',
  'sso',
  'sts',
];

/** Asks for all actions of a service on all resources, by an action that AWS does not have: who holds it holds them all. */
export const wholeService = (service: string): ReachQuestion => ({ action: `${service}:${NO_ACTION}`, pattern: '*' });

const NO_ACTION = 'ZzyzxQ';

/** The service that an action belongs to. */
export const serviceOf = (action: string): string => action.slice(0, action.indexOf(':'));

/**
 * What is left of what principals are granted when whole services are taken out, for those who hold a sensitive one as a
 * whole: that is the finding, and its single actions are none.
 */
export const besidesWholeServices = (
  reachOf: ReachReader,
  byPrincipal: ReadonlyMap<User | Role, readonly Reached[]>,
): ReadonlyMap<User | Role, readonly Reached[]> => {
  const sensitive = reachOf(SENSITIVE_SERVICES.map(wholeService));
  const services = new Set([...byPrincipal.values()].flat().map(({ action }) => serviceOf(action)));
  const whole = reachOf([...services].map(wholeService));
  const left = new Map<User | Role, readonly Reached[]>();
  for (const [principal, reached] of byPrincipal) {
    const held = isGranted(sensitive.get(principal)) ? servicesOf(whole.get(principal)) : NONE;
    left.set(
      principal,
      reached.filter(({ action, doubts }) => doubts.length > 0 || !held.has(serviceOf(action))),
    );
  }
  return left;
};

const NONE: ReadonlySet<string> = new Set();

const isGranted = (reached: readonly Reached[] = []): boolean =>
  reached.some(({ condition }) => condition.kind !== 'false');

const servicesOf = (reached: readonly Reached[] = []): ReadonlySet<string> =>
  new Set(reached.filter(({ condition }) => condition.kind !== 'false').map(({ action }) => serviceOf(action)));
