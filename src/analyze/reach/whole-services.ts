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
 * Who is granted actions on all resources, without the actions of services that it is granted as a whole: all of them for
 * those who hold a sensitive service as a whole, which is the finding then; of the others, those that are `harmless` so.
 */
export const reachBesidesWholeServices = (
  reachOf: ReachReader,
  questions: readonly ReachQuestion[],
  harmless: readonly string[] = [],
): ReadonlyMap<User | Role, readonly Reached[]> => {
  const sensitive = reachOf(SENSITIVE_SERVICES.map(wholeService));
  const whole = reachOf([...new Set(questions.map(({ action }) => serviceOf(action)))].map(wholeService));
  const leftOut = new Map<User | Role, ReadonlySet<string>>();
  for (const [principal, reached] of whole) {
    const held = grantedOf(reached).map(serviceOf);
    const isToldOf = isGranted(sensitive.get(principal));
    leftOut.set(principal, new Set(isToldOf ? held : held.filter((service) => harmless.includes(service))));
  }
  return reachOf(questions, (principal, action) => leftOut.get(principal)?.has(serviceOf(action)) === true);
};

const isGranted = (reached: readonly Reached[] = []): boolean => grantedOf(reached).length > 0;

const grantedOf = (reached: readonly Reached[]): readonly string[] =>
  reached
    .filter(({ condition, doubts }) => condition.kind !== 'false' && doubts.length === 0)
    .map(({ action }) => action);
