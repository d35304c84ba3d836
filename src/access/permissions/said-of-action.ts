import { TRUE } from '../../evaluate/formula.ts';
import { rcpsCover } from '../../evaluate/rcp-services.ts';
import { needsResourcePolicy } from '../../evaluate/resource-side.ts';
import type { CompiledStatement } from '../../policy/compile-policy.ts';
import { combineClauses, withoutIncluded } from './combine-clauses.ts';
import type { Clause, DenyClause, LimitClauses, Terms } from './permission-terms.ts';
import type { Carrier, CarrierClause, ReadClause, ReadPolicies } from './read-clauses.ts';
import { type Area, EVERYWHERE } from './resource-area.ts';

/** What is asked of policies. */
export interface Asking {
  /** An action, or a pattern of actions that no statement tells apart. */
  readonly action: string;
  readonly isAbout: (compiled: CompiledStatement) => boolean;
  /** Whether the root user asks, which needs no policy in its own account ("AWS account root user", IAM User Guide). */
  readonly root: boolean;
  /** The resources that are asked about: those in all of these areas. */
  readonly areas: readonly Area[];
  /** Whose these are. RCPs leave those of others alone. */
  readonly owner: 'account' | 'others' | 'anybody';
}

/** On which terms an action is granted by the asker's own side, resources that carry no policy. */
export const termsOfAction = (policies: readonly ReadPolicies[], asking: Asking): readonly Terms[] => {
  const { grants, limits, denies } = ownSide(policies, asking);
  return combineClauses({ grants, limits, denies });
};

/**
 * On which terms an action is granted on a resource that carries a policy, by both sides.
 * Source: "Policy evaluation logic", IAM User Guide, for requests within an account.
 */
export const termsOnCarrier = (
  policies: readonly ReadPolicies[],
  carrier: Carrier,
  asking: Asking,
): readonly Terms[] => {
  // The carrier's own area first: what its policy says is mostly about that.
  const areas = [carrier.area, ...asking.areas];
  const { grants, limits, denies } = ownSide(policies, { ...asking, areas, owner: 'account' });
  const about = carrier.allows.filter(({ compiled }) => asking.isAbout(compiled));
  const named = (strength: CarrierClause['strength']) => about.filter((clause) => clause.strength === strength);
  const all = [
    ...denies,
    ...carrier.denies
      .filter(({ compiled }) => asking.isAbout(compiled))
      .map((clause) => ({ ...clause, ...OF_RESOURCE })),
  ];
  const agreed = needsAgreement(asking.action, carrier) ? [{ ...OF_RESOURCE, clauses: about }] : [];
  // Who is named directly needs neither boundary nor session policy ("AWS JSON policy elements: Principal").
  const outer = limits.filter(({ limit }) => limit === 'question' || limit === 'scp' || limit === 'rcp');
  return withoutIncluded([
    ...combineClauses({ grants, limits: [...limits, ...agreed], denies: all }),
    ...combineClauses({ grants: named('direct'), limits: outer, denies: all }),
    ...combineClauses({ grants: named('role'), limits, denies: all }),
  ]);
};

/** Whether an action is granted on a resource only where the resource's policy agrees. */
export const needsAgreement = (action: string, { arn }: Pick<Carrier, 'arn'>): boolean =>
  needsResourcePolicy({ action: requested({ action }), resource: arn });

const OF_RESOURCE = { limit: 'resource-policy', level: null, everywhere: true } as const;

interface OwnSide {
  readonly grants: readonly Clause[];
  readonly limits: readonly LimitClauses[];
  readonly denies: readonly DenyClause[];
}

const ownSide = (policies: readonly ReadPolicies[], asking: Asking): OwnSide => {
  const { isAbout, root, areas, owner } = asking;
  const hasRcps = owner !== 'others' && isUnderRcps(asking.action);
  const counting = policies
    .filter(({ limit }) => limit !== 'rcp' || hasRcps)
    .map((each) => ({ ...each, everywhere: each.limit !== 'rcp' || owner === 'account' }));
  const about = (clauses: readonly ReadClause[]): readonly Clause[] =>
    clauses.filter(({ compiled }) => isAbout(compiled));
  const question = areas.map(
    (area): LimitClauses => ({ limit: 'question', level: null, everywhere: true, clauses: [{ ...BY_ITSELF, area }] }),
  );
  return {
    grants: root ? [BY_ITSELF] : counting.flatMap(({ limit, allows }) => (limit === 'identity' ? about(allows) : [])),
    limits: [
      ...question,
      ...counting.flatMap(({ limit, level, everywhere, allows }) =>
        limit === 'identity' ? [] : [{ limit, level, everywhere, clauses: about(allows) }],
      ),
    ],
    denies: counting.flatMap(({ limit, level, everywhere, denies }) =>
      about(denies).map((clause) => ({ ...clause, limit, level, everywhere })),
    ),
  };
};

const BY_ITSELF: Clause = { area: EVERYWHERE, condition: TRUE, statement: null };

/** Whether RCPs are about an action, on those resources that they are about at all. */
export const isUnderRcps = (action: string): boolean =>
  rcpsCover({ action: requested({ action }), resource: 'arn:aws:service:::resource' });

const requested = ({ action }: Pick<Asking, 'action'>) => ({ name: action.toLowerCase(), position: null });
