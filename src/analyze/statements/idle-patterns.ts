import { mayApply } from '../../access/applicable-resources.ts';
import { editDistance } from '../../kernel/edit-distance.ts';
import type { CompiledStatement } from '../../policy/compile-policy.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { hasBit, isEmpty } from '../../reference/bitset.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import { serviceOf } from '../reach/whole-services.ts';

/** An action pattern by which a statement says nothing. */
export interface IdlePattern {
  readonly pattern: string;
  /**
   * AWS has no such service, no such action, or only such as never work on the statement's resources, or never send a key
   * that a condition asks for.
   */
  readonly cause: 'unknown-service' | 'unknown-action' | 'resource-never-matches' | 'key-never-sent';
  /** The name that was probably meant. */
  readonly meant: string | null;
}

/**
 * Says why an action pattern of a statement matches no request that there can be; null where it may match one. Of services
 * that the reference does not know, only slips of the pen are told.
 */
export const idlePattern = (
  pattern: string,
  { statement: { resource }, conditions }: Pick<CompiledStatement, 'statement' | 'conditions'>,
  version: PolicyDocument['version'],
  reference: ServiceReference,
): IdlePattern | null => {
  const service = pattern.slice(0, pattern.indexOf(':')).toLowerCase();
  if (!pattern.includes(':') || service.startsWith('*')) return null;
  if (!servicesOf(reference).has(service)) {
    const meant = service.length < 5 ? undefined : [...servicesOf(reference)].find((each) => isNear(each, service, 1));
    return meant === undefined ? null : { pattern, cause: 'unknown-service', meant };
  }
  const matched = matchedNames(pattern, reference);
  if (matched.length === 0) {
    // All actions of a service may be some that nobody told us of.
    if (!isEmpty(reference.matchActions([pattern]))) return null;
    const meant = nearestAction(pattern, service, reference);
    return meant === null && !WELL_TOLD.has(service) ? null : { pattern, cause: 'unknown-action', meant };
  }
  if (resource === null || !WELL_TOLD.has(service)) return null;
  if (
    conditions.some(
      ({ condition, demand }) => demand?.whenAbsent === false && isNeverSent(condition.key, matched, reference),
    )
  )
    return { pattern, cause: 'key-never-sent', meant: null };
  const isIdle = !matched.some((name) => {
    const description = reference.describeAction(name);
    // An action that the reference tells no resources of, or only such as need not be named, may take others by now. Those of
    // S3 name one always: an object or bucket, or the access point to it.
    const namesOne = description?.resourceTypes.some(({ required }) => required || service === 's3') === true;
    return !namesOne || mayApply(resource, version, description);
  });
  return isIdle ? { pattern, cause: 'resource-never-matches', meant: null } : null;
};

// Services whose actions the reference has all of, and with the right resources: AWS's own policies, some 1,600, use no
// others of them. Of the rest they do, so that there only a slip of the pen is sure.
const WELL_TOLD: ReadonlySet<string> = new Set([
  'cloudtrail',
  'cloudwatch',
  'dynamodb',
  'ec2',
  'ecr',
  'ecs',
  'iam',
  'kms',
  'lambda',
  'rds',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'states',
  'sts',
]);

/**
 * Whether none of some actions sends a condition key. Told only of keys of one well-known service and actions of others,
 * and not of keys that come with the session.
 */
export const isNeverSent = (key: string, actions: readonly string[], reference: ServiceReference): boolean => {
  const name = key.toLowerCase();
  const service = name.slice(0, name.indexOf(':'));
  if (!KEYS_OF_OWN.has(service) || WITH_THE_SESSION.has(name)) return false;
  return actions.every((action) => {
    const of = serviceOf(action);
    const description = reference.describeAction(action);
    if (description === null || of === service || !WELL_TOLD.has(of)) return false;
    const sent = [description, ...description.resourceTypes].flatMap(({ conditionKeys }) => conditionKeys);
    return !sent.some((each) => each.toLowerCase().startsWith(name.split('/', 1)[0] ?? name));
  });
};

// Services that look up keys of their own in their own requests alone. Not EC2: `ec2:SourceInstanceARN` goes everywhere.
const KEYS_OF_OWN: ReadonlySet<string> = new Set([
  'dynamodb',
  'ecr',
  'iam',
  'kms',
  'lambda',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
]);

// "Lambda condition keys", Lambda Developer Guide: the credentials of a function carry it to every service.
const WITH_THE_SESSION: ReadonlySet<string> = new Set(['lambda:sourcefunctionarn']);

/** The known actions that a pattern of a statement matches. */
export const matchedNames = (pattern: string, reference: ServiceReference): readonly string[] => {
  const position = reference.positionOf(pattern);
  if (position !== null) return [reference.names[position] ?? pattern];
  const known = namesByPattern.get(reference) ?? new Map<string, readonly string[]>();
  namesByPattern.set(reference, known);
  let names = known.get(pattern);
  if (names === undefined) {
    const set = reference.matchActions([pattern]);
    names = reference.names.filter((_, at) => hasBit(set, at));
    known.set(pattern, names);
  }
  return names;
};

// Policies of an account write the same few patterns again and again.
const namesByPattern = new WeakMap<ServiceReference, Map<string, readonly string[]>>();

const services = new WeakMap<ServiceReference, ReadonlySet<string>>();

const servicesOf = (reference: ServiceReference): ReadonlySet<string> => {
  let known = services.get(reference);
  if (known === undefined) {
    known = new Set(reference.names.map((name) => name.slice(0, name.indexOf(':')).toLowerCase()));
    services.set(reference, known);
  }
  return known;
};

const nearestAction = (pattern: string, service: string, { names }: ServiceReference): string | null => {
  if (/[*?]/.test(pattern)) return null;
  const own = names.filter((name) => name.toLowerCase().startsWith(`${service}:`));
  const near = (distance: number) => own.find((name) => isNear(name.toLowerCase(), pattern.toLowerCase(), distance));
  return near(1) ?? near(2) ?? null;
};

const isNear = (name: string, written: string, distance: number): boolean =>
  editDistance(name, written, distance) <= distance;
