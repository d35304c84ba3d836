import type { AccountAccess } from '../../access/account-access.ts';
import type { Admission } from '../../access/outside-access.ts';
import type { Decision, Doubt, StatementReference } from '../../evaluate/decision.ts';
import { allOf, type Formula, TRUE } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import { parsePolicyDocument } from '../../policy/parse-policy-document.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { Role } from '../../snapshot/account-snapshot.ts';
import { withoutKeys } from '../residual/without-keys.ts';
import { type AskedResources, askedResources } from './asked-resources.ts';
import { withoutChosenKeys } from './chosen-keys.ts';
import type { Ask, AskedOn, Parameter, Requirement, Way } from './escalation-method.ts';
import { judgeFact } from './facts.ts';
import type { OwnState, Target } from './own-state.ts';
import { choices, requestTags, surroundings } from './request-context.ts';
import type { SearchContext } from './search-context.ts';

/** The requests of a way that a principal may make. */
export interface MatchedWay {
  readonly requests: readonly GrantedRequest[];
  /** What must hold for all of them to be allowed. */
  readonly residual: Formula;
  /** What must be so beside, in words, of which the snapshot tells nothing. */
  readonly provided: readonly string[];
}

/** A request, and what grants it. */
export interface GrantedRequest {
  readonly action: string;
  readonly resource: string;
  /** Resources of other types that it names beside. */
  readonly others: readonly string[];
  readonly grantedBy: readonly StatementReference[];
  /** Null: the catalogue does not say. */
  readonly parameters: Readonly<Record<string, Parameter>> | null;
  /** The condition keys for which the caller chooses a value, and what they must fulfil beside for it to be allowed. */
  readonly chosen: RequestContext;
  readonly wanted: Formula;
}

/** Whether a principal may make the requests of a way; `undetermined` where that hangs on something unread. */
export type WayMatch =
  | ({ readonly kind: 'allowed' } & MatchedWay)
  | { readonly kind: 'denied' }
  | { readonly kind: 'undetermined'; readonly doubts: readonly Doubt[] };

/** Asks for every request that a way needs on a target. */
export const matchWay = (state: OwnState, way: Way, target: Target, context: SearchContext): WayMatch => {
  const services = way.service === undefined ? [undefined] : [way.service].flat();
  return best(services.map((service) => () => matchFor(state, way, target, { ...context, service })));
};

/** The search's context, and the service that is to run as the target. */
type MatchContext = SearchContext & { readonly service: string | undefined };

const DENIED = { kind: 'denied' } as const;

const matchFor = (state: OwnState, way: Way, target: Target, context: MatchContext): WayMatch => {
  const parts: WayMatch[] = [];
  for (const part of partsOf(state, way, target, context)) {
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
function* partsOf(state: OwnState, way: Way, target: Target, context: MatchContext): Iterable<WayMatch> {
  const { requires, facts = [], federated } = way;
  for (const fact of facts) {
    const holds = judgeFact(fact, target.holder?.self ?? null, context.account);
    yield holds === false ? DENIED : { ...NOTHING, provided: holds === true ? [] : [holds.provided] };
  }
  const { service } = context;
  if (service !== undefined) yield trustMatch(target, (role) => context.trustsService(role, service));
  if (federated !== undefined)
    yield trustMatch(target, (role) => context.trustsProviders(role, federated)[0]?.decision);
  const needed = requires.filter(isNeeded(state, target));
  const shared = target.what.kind === 'principal' ? needed.filter(isAboutNobodyElse) : [];
  const bound = new Map<string, AskedResources>();
  const matches = new Map<Requirement, WayMatch>();
  for (const requirement of needed.filter((each) => !shared.includes(each))) {
    const match = matchRequirement(requirement, requires, bound, { state, target, context });
    if (match.kind === 'denied') yield match;
    matches.set(requirement, match);
  }
  const own = shared.length === 0 ? matches : ownMatches(state, way, context);
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
    ? best(requirement.anyOf.map((ask) => () => matchAsk(ask, requires, bound, asking)))
    : matchAsk(requirement, requires, bound, asking);

const known = new WeakMap<OwnState, Map<Way, ReadonlyMap<Requirement, WayMatch>>>();

/** What a way needs that is the same whoever is the target, asked once for a principal. */
const ownMatches = (state: OwnState, way: Way, context: MatchContext): ReadonlyMap<Requirement, WayMatch> => {
  const ways = known.get(state) ?? new Map<Way, ReadonlyMap<Requirement, WayMatch>>();
  known.set(state, ways);
  const before = ways.get(way);
  if (before !== undefined) return before;
  const bound = new Map<string, AskedResources>();
  const asking = {
    state,
    target: { arn: state.self.arn, what: { kind: 'principal' }, holder: null } as const,
    context,
  };
  const matches = new Map<Requirement, WayMatch>();
  for (const requirement of way.requires.filter(isAboutNobodyElse)) {
    const match = matchRequirement(requirement, way.requires, bound, asking);
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

interface Asking {
  readonly state: OwnState;
  readonly target: Target;
  readonly context: MatchContext;
}

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
    const part = best(serving.arns.map((arn) => () => matchOn(ask, arn, serving.provided, asking)));
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
    const rank = Math.max(...others.map(({ ask }) => RANKS.indexOf(matchOn(ask, arn, null, asking).kind)), 0);
    if (chosen === null || rank < chosen.rank) chosen = { arn, rank };
  }
  return { ...resources, arns: chosen === null ? [] : [chosen.arn] };
};

/** The best answer over what the caller can choose to put into the request. */
const matchOn = (ask: Ask, arn: string, provided: string | null, { state, target, context }: Asking): WayMatch => {
  const known = { ...state.context, ...surroundings(arn, state, target, context), ...requestTags(target) };
  return best(
    choices(ask, target, context).map((chosen) => () => {
      const asked = accessFor(ask, arn, state).canPerform(state.self, ask.action, arn, { ...known, ...chosen });
      const decision = settle(asked, ask, arn, { state, target, context });
      if (decision.kind === 'undetermined') return { kind: 'undetermined', doubts: decision.reasons };
      if (decision.kind === 'explicitDeny' || decision.kind === 'implicitDeny') return DENIED;
      return {
        kind: 'allowed',
        requests: [
          {
            action: ask.action,
            resource: arn,
            others: [],
            grantedBy: decision.grantedBy,
            parameters: ask.parameters ?? null,
            chosen,
            wanted: asked.kind === 'allowedIf' ? asked.residual : TRUE,
          },
        ],
        residual: decision.kind === 'allowedIf' ? decision.residual : TRUE,
        provided: provided === null ? [] : [provided],
      };
    }),
  );
};

/** Where a request before this one has made the role trust whoever asks. */
const accessFor = (
  { after }: Ask,
  arn: string,
  { access, self, groups, policies, guarded }: OwnState,
): AccountAccess => {
  if (after === undefined) return access;
  const trustPolicies = new Map([[arn, trusting(self.arn)]]);
  return access.withPolicies({ groups, managedPolicies: policies, guarded, trustPolicies });
};

const trusting = (arn: string): PolicyDocument =>
  parsePolicyDocument({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' },
  });

const RANKS = ['allowed', 'undetermined', 'denied'] as const;

/** The first match that needs nothing else, or else the first of those that are allowed, or may be. */
const best = (tries: readonly (() => WayMatch)[]): WayMatch => {
  let found: WayMatch = DENIED;
  for (const attempt of tries) {
    const match = attempt();
    if (match.kind === 'allowed' && match.residual.kind === 'true' && match.provided.length === 0) return match;
    if (RANKS.indexOf(match.kind) < RANKS.indexOf(found.kind)) found = match;
  }
  return found;
};

/** Decides what the engine leaves open of what the caller chooses, and of tags that a resource does not have. */
const settle = (asked: Decision, { action, on }: Ask, arn: string, { state, target, context }: Asking): Decision => {
  if (asked.kind !== 'allowedIf') return asked;
  const hasTags = on !== 'new' && tagsAreUnknown(arn, state, target, context);
  const tagless = hasTags ? asked.residual : withoutKeys(asked.residual, isResourceTag);
  const residual = withoutChosenKeys(tagless, action);
  if (residual.kind === 'true') return { kind: 'allowed', grantedBy: asked.grantedBy };
  return residual.kind === 'false' ? { kind: 'implicitDeny', silent: 'identity' } : { ...asked, residual };
};

// The engine knows the tags of users, roles and listed resources. Groups cannot be tagged; those of policies are not told.
const tagsAreUnknown = (
  arn: string,
  { self }: OwnState,
  { what, holder }: Target,
  { groups }: SearchContext,
): boolean =>
  !(
    arn === self.arn ||
    arn === holder?.self.arn ||
    what.kind === 'new' ||
    (what.kind === 'group' && groups.has(what.groupName))
  );

const isResourceTag = (key: string): boolean => /^(?:aws|iam):resourcetag\//.test(key);
