import type { ApplicablePolicies, NamedPolicy } from '../../evaluate/applicable-policies.ts';
import type { Doubt, Limit } from '../../evaluate/decision.ts';
import { allOf, anyOf, type Formula, TRUE } from '../../evaluate/formula.ts';
import { namedFormulas } from '../../evaluate/principal-formula.ts';
import type { RequestTime } from '../../evaluate/settle-time.ts';
import { conditionsFormula } from '../../evaluate/statement-formula.ts';
import { type StatementForm, wrongForm } from '../../evaluate/statement-index.ts';
import type { Caller } from '../../iam/caller.ts';
import type { CompiledStatement } from '../../policy/compile-policy.ts';
import type { ContextLookup } from '../../policy/context-lookup.ts';
import type { Clause } from './permission-terms.ts';
import { areaOf } from './resource-area.ts';

/** Who asks, with what is known of its requests. */
export interface Asker {
  readonly policies: ApplicablePolicies;
  readonly context: ContextLookup;
  readonly time: RequestTime | null;
  readonly caller: Caller;
}

/** A statement about the asker. */
export interface ReadClause extends Clause {
  readonly compiled: CompiledStatement;
}

/** Policies that count together, and what their statements say of the asker. */
export interface ReadPolicies {
  readonly limit: Limit;
  readonly level: number | null;
  readonly allows: readonly ReadClause[];
  readonly denies: readonly ReadClause[];
}

/** Reads the policies of an asker, SCPs and RCPs first; those of resources, endpoints apart. */
export const readPolicies = (asker: Asker): readonly ReadPolicies[] =>
  policySets(asker.policies).map(({ limit, level, policies, form }) => ({
    limit,
    level,
    allows: policies.flatMap((policy) => clausesOf(policy, 'allows', form, asker)),
    denies: policies.flatMap((policy) => clausesOf(policy, 'denies', form, asker)),
  }));

/** What is wrong with the Deny statements of an asker's policies: nobody knows what AWS makes of them. */
export const misplacedDenies = ({ policies }: Asker): readonly Doubt[] =>
  policySets(policies).flatMap(({ policies: some, form }) =>
    some.flatMap(({ name, policy }) =>
      policy.denies.flatMap((compiled) => {
        const message = wrongForm(compiled, form);
        return message === null ? [] : [{ policy: name, pointer: compiled.statement.pointer, message }];
      }),
    ),
  );

interface PolicySet {
  readonly limit: Limit;
  readonly level: number | null;
  readonly policies: readonly NamedPolicy[];
  readonly form: StatementForm;
}

const policySets = ({
  scps = [],
  rcps = [],
  boundary,
  session,
  identity,
}: ApplicablePolicies): readonly PolicySet[] => [
  ...scps.map((policies, level) => ({ limit: 'scp', level, policies, form: 'identity' }) as const),
  ...rcps.map((policies, level) => ({ limit: 'rcp', level, policies, form: 'cap' }) as const),
  ...(boundary === null
    ? []
    : [{ limit: 'permissions-boundary', level: null, policies: boundary, form: 'identity' } as const]),
  ...(session ? [{ limit: 'session-policy', level: null, policies: session, form: 'identity' } as const] : []),
  { limit: 'identity', level: null, policies: identity, form: 'identity' },
];

const clausesOf = (
  { name, policy }: NamedPolicy,
  effect: 'allows' | 'denies',
  form: StatementForm,
  asker: Asker,
): readonly ReadClause[] =>
  policy[effect].flatMap((compiled) => {
    const { statement } = compiled;
    if (statement.resource === null || wrongForm(compiled, form) !== null) return [];
    const condition = allOf([aboutAsker(compiled, asker), conditionsFormula(compiled, asker.context, asker.time)]);
    if (condition.kind === 'false') return [];
    const area = areaOf(statement.resource, policy.document.version, asker.context);
    if (area.kind === 'resource' && area.patterns.length === 0) return [];
    const place = { policy: name, statement: statement.index, sid: statement.sid, pointer: statement.pointer };
    return [{ compiled, area, condition, statement: place }];
  });

const aboutAsker = ({ principal }: CompiledStatement, { caller, context, policies }: Asker): Formula =>
  principal === null
    ? TRUE
    : anyOf(namedFormulas(principal, { caller, context, bounded: policies.boundary !== null }).map(({ when }) => when));
