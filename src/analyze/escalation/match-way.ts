import type { Admission } from '../../access/outside-access.ts';
import { allOf, TRUE } from '../../evaluate/formula.ts';
import type { Role } from '../../snapshot/account-snapshot.ts';
import { type AskedResources, askedResources } from './asked-resources.ts';
import type { Ask, AskedOn, Requirement, Way } from './escalation-method.ts';
import { judgeFact } from './facts.ts';
import { type Asking, matchRequest } from './match-request.ts';
import type { OwnState, Target } from './own-state.ts';
import type { SearchContext } from './search-context.ts';
import { best, DENIED, type GrantedRequest, rankOf, type WayMatch } from './way-match.ts';

/** Asks for every request that a way needs on a target. */
export const matchWay = (state: OwnState, way: Way, target: Target, context: SearchContext): WayMatch => {
  const services = way.service === undefined ? [undefined] : [way.service].flat();
  return best(services, (service) => matchFor(way, { state, target, service, context }));
};

const matchFor = (way: Way, asking: Asking): WayMatch => {
  const parts: WayMatch[] = [];
  for (const part of partsOf(way, asking)) {
    if (part.kind === 'denied') return DENIED;
    parts.push(part);
  }
  const doubts = parts.flatMap((part) => (part.kind === 'undetermined' ? part.doubts : []));
  if (doubts.length > 0) return { kind: 'undetermined', doubts };
  const allowed = parts.filter((part) => part.kind === 'allowed');
  return {
    kind: 'allowed',
    requests: allowed.flatMap(({ requests }) => requests),
    residual: allOf(allowed.map(({ residual }) => residual)),
    provided: [...new Set(allowed.flatMap(({ provided }) => provided))],
  };
};

/** Facts and trust policies cost less to judge than requests, and what does not depend on the target is asked once. */
function* partsOf(way: Way, asking: Asking): Iterable<WayMatch> {
  const { requires, facts = [], federated } = way;
  const { state, target, service, context } = asking;
  for (const fact of facts) {
    const holds = judgeFact(fact, target.holder?.self ?? null, context.account);
    yield holds === false ? DENIED : { ...NOTHING, provided: holds === true ? [] : [holds.provided] };
  }
  if (service !== undefined) yield trustMatch(target, (role) => context.trustsService(role, service));
  if (federated !== undefined)
    yield trustMatch(target, (role) => context.trustsProviders(role, federated)[0]?.decision);
  const needed = requires.filter(isNeeded(state, target));
  const shared = target.what.kind === 'principal' ? needed.filter(isAboutNobodyElse) : [];
  const bound = new Map<string, AskedResources>();
  const matches = new Map<Requirement, WayMatch>();
  for (const requirement of needed.filter((each) => !shared.includes(each))) {
    const match = matchRequirement(requirement, requires, bound, asking);
    if (match.kind === 'denied') yield match;
    matches.set(requirement, match);
  }
  const own = shared.length === 0 ? matches : ownMatches(way, asking);
  if ([...own.values()].some(({ kind }) => kind === 'denied')) yield DENIED;
  // In the order in which they are made.
  for (const requirement of needed) yield matches.get(requirement) ?? own.get(requirement) ?? DENIED;
}

const matchRequirement = (
  requirement: Requirement,
  requires: readonly Requirement[],
  bound: Map<string, AskedResources>,
  asking: Asking,
): WayMatch =>
  'anyOf' in requirement
    ? best(requirement.anyOf, (ask) => matchAsk(ask, requires, bound, asking))
    : matchAsk(requirement, requires, bound, asking);

const known = new WeakMap<OwnState, Map<Way, ReadonlyMap<Requirement, WayMatch>>>();

/** What a way needs that is the same whoever is the target, asked once for a principal. */
const ownMatches = (way: Way, asking: Asking): ReadonlyMap<Requirement, WayMatch> => {
  const { state } = asking;
  const ways = known.get(state) ?? new Map<Way, ReadonlyMap<Requirement, WayMatch>>();
  known.set(state, ways);
  const before = ways.get(way);
  if (before !== undefined) return before;
  const bound = new Map<string, AskedResources>();
  const aboutItself = {
    ...asking,
    target: { arn: state.self.arn, what: { kind: 'principal' }, holder: null },
  } as const;
  const matches = new Map<Requirement, WayMatch>();
  for (const requirement of way.requires.filter(isAboutNobodyElse)) {
    const match = matchRequirement(requirement, way.requires, bound, aboutItself);
    matches.set(requirement, match);
    if (match.kind === 'denied') break;
  }
  ways.set(way, matches);
  return matches;
};

const isAboutNobodyElse = (requirement: Requirement): boolean =>
  ('anyOf' in requirement ? requirement.anyOf : [requirement]).every(
    ({ on = 'target', context = {}, onlyIf }) =>
      SELF_CONTAINED.has(on) && onlyIf === undefined && !Object.values(context).includes('policy-of-target'),
  );

const SELF_CONTAINED: ReadonlySet<AskedOn> = new Set<AskedOn>([
  'self',
  'nothing',
  'new',
  'existing',
  'administrator-group',
]);

/**
 * Whether a principal can use a way at all, whoever is the target, as far as that can be told without one and has been asked:
 * surely, under conditions, or not; null: it has not been asked.
 */
export const knownUse = (state: OwnState, way: Way): 'yes' | 'conditional' | 'no' | null => {
  const own = known.get(state)?.get(way);
  if (own === undefined) return null;
  const matches = [...own.values()];
  if (matches.some(({ kind }) => kind === 'denied')) return 'no';
  const certain = matches.every(
    (match) => match.kind === 'allowed' && match.residual.kind === 'true' && match.provided.length === 0,
  );
  return certain && (way.facts ?? []).every((fact) => typeof fact !== 'object') ? 'yes' : 'conditional';
};

const NOTHING = { kind: 'allowed', requests: [], residual: TRUE, provided: [] } as const;

const trustMatch = ({ holder }: Target, admissionOf: (role: Role) => Admission | null | undefined): WayMatch => {
  const decision = holder !== null && 'roleName' in holder.self ? admissionOf(holder.self) : null;
  if (decision == null) return DENIED;
  if (decision.kind === 'undetermined') return { kind: 'undetermined', doubts: decision.reasons };
  return { ...NOTHING, residual: decision.kind === 'allowed' ? TRUE : decision.residual };
};

const MOST_VERSIONS = 5;

const isNeeded =
  ({ policies }: OwnState, { what, holder }: Target) =>
  (requirement: Requirement): boolean => {
    if ('anyOf' in requirement || requirement.onlyIf === undefined) return true;
    const policy =
      'policyArn' in what ? (holder?.policies ?? policies).find(({ arn }) => arn === what.policyArn) : undefined;
    return (policy?.versions.length ?? 0) >= MOST_VERSIONS;
  };

/** Asks for a request on each type of resource that it names, on one resource of each that serves the others too. */
const matchAsk = (
  ask: Ask,
  requires: readonly Requirement[],
  bound: Map<string, AskedResources>,
  asking: Asking,
): WayMatch => {
  const parts: WayMatch[] = [];
  const { state, target, context } = asking;
  for (const resources of askedResources(ask, state, target, context)) {
    const serving = bound.get(resources.key) ?? bind(resources, requires, asking);
    bound.set(resources.key, serving);
    const part = best(serving.arns, (arn) => matchRequest(ask, arn, serving.provided, asking));
    if (part.kind !== 'allowed') return part;
    parts.push(part);
  }
  const allowed = parts.filter((part) => part.kind === 'allowed');
  return {
    kind: 'allowed',
    requests: asOne(allowed.flatMap(({ requests }) => requests)),
    residual: allOf(allowed.map(({ residual }) => residual)),
    provided: allowed.flatMap(({ provided }) => provided),
  };
};

/** A request that names resources of several types is one request still. */
const asOne = (parts: readonly GrantedRequest[]): readonly GrantedRequest[] => {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return parts;
  const grantedBy = new Map(
    parts.flatMap((part) => part.grantedBy).map((each) => [`${each.statement} ${each.policy}`, each]),
  );
  return [
    {
      ...first,
      others: others.map(({ resource }) => resource),
      grantedBy: [...grantedBy.values()],
      wanted: allOf(parts.map(({ wanted }) => wanted)),
    },
  ];
};

/** Of several resources that would do, those on which the other requests about the same thing are allowed too. */
const bind = (resources: AskedResources, requires: readonly Requirement[], asking: Asking): AskedResources => {
  const { state, target, context } = asking;
  const others = requires.flatMap((requirement) => {
    if ('anyOf' in requirement) return [];
    const same = askedResources(requirement, state, target, context).find(({ key }) => key === resources.key);
    return same === undefined ? [] : [{ ask: requirement, arns: same.arns }];
  });
  const arns = [...new Set([...resources.arns, ...others.flatMap((other) => other.arns)])];
  if (arns.length < 2) return resources;
  let chosen: { readonly arn: string; readonly rank: number } | null = null;
  for (const arn of arns) {
    const rank = Math.max(...others.map(({ ask }) => rankOf(matchRequest(ask, arn, null, asking))), 0);
    if (chosen === null || rank < chosen.rank) chosen = { arn, rank };
  }
  return { ...resources, arns: chosen === null ? [] : [chosen.arn] };
};
