import type { ApplicablePolicies, NamedPolicy } from '../../evaluate/applicable-policies.ts';
import type { Doubt, Limit } from '../../evaluate/decision.ts';
import { allOf, anyOf, type Formula, TRUE } from '../../evaluate/formula.ts';
import { type NamedFormula, namedFormulas } from '../../evaluate/principal-formula.ts';
import type { RequestTime } from '../../evaluate/settle-time.ts';
import { conditionsFormula } from '../../evaluate/statement-formula.ts';
import { type StatementForm, wrongForm } from '../../evaluate/statement-index.ts';
import type { Arn } from '../../iam/arn.ts';
import type { Caller } from '../../iam/caller.ts';
import type { CompiledStatement, RequestedAction } from '../../policy/compile-policy.ts';
import type { ContextLookup } from '../../policy/context-lookup.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { Clause } from './permission-terms.ts';
import { type Area, areaOfStatement, EVERYWHERE, plainPattern } from './resource-area.ts';

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

/** Reads the statements that matter in the policies of an asker, SCPs and RCPs first. */
export const readPolicies = (asker: Asker, matters: Matters = everyStatement): readonly ReadPolicies[] =>
  policySets(asker.policies).map(({ limit, level, policies, form }) => {
    const clauses = (effect: 'allows' | 'denies'): readonly ReadClause[] =>
      policies.flatMap((policy) =>
        placed(policy, effect, form, matters).flatMap((statement) => {
          const condition = anyOf(namings(statement.compiled, asker).map(({ when }) => when));
          return readClause({ ...statement, condition }, EVERYWHERE, asker);
        }),
      );
    return { limit, level, allows: clauses('allows'), denies: clauses('denies') };
  });

/** Whether a statement can matter for what is asked. */
type Matters = (compiled: CompiledStatement) => boolean;

const everyStatement: Matters = () => true;

/** What is wrong with the Deny statements of an asker's policies: nobody knows what AWS makes of them. */
export const misplacedDenies = ({ policies }: Asker, action?: RequestedAction): readonly Doubt[] =>
  policySets(policies).flatMap(({ policies: some, form }) =>
    some.flatMap(({ name, policy }) =>
      policy.denies.flatMap((compiled) => {
        const message = wrongForm(compiled, form);
        const isAbout = action === undefined || compiled.actions.matches(action);
        return message === null || !isAbout ? [] : [{ policy: name, pointer: compiled.statement.pointer, message }];
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

interface PlacedStatement {
  readonly compiled: CompiledStatement;
  readonly name: string;
  readonly version: PolicyDocument['version'];
}

/** The statements of a policy that have the right form and matter. */
const placed = (
  { name, policy }: NamedPolicy,
  effect: 'allows' | 'denies',
  form: StatementForm,
  matters: Matters,
): readonly PlacedStatement[] =>
  policy[effect]
    .filter((compiled) => matters(compiled) && wrongForm(compiled, form) === null)
    .map((compiled) => ({ compiled, name, version: policy.document.version }));

/** The ways in which a statement is about the asker; in policies that name no principal, it is. */
const namings = ({ principal }: CompiledStatement, { caller, context, policies }: Asker): readonly NamedFormula[] =>
  principal === null
    ? [{ strength: 'direct', when: TRUE }]
    : namedFormulas(principal, { caller, context, bounded: policies.boundary !== null });

/** A statement that is about the asker under a condition. `whole`: where one without a resource applies. */
const readClause = (
  { compiled, condition, name, version }: PlacedStatement & { readonly condition: Formula },
  whole: Area,
  { context, time }: Asker,
): readonly ReadClause[] => {
  const { statement } = compiled;
  const held = allOf([condition, conditionsFormula(compiled, context, time)]);
  const area = areaOfStatement(compiled, version, context) ?? whole;
  if (held.kind === 'false' || (area.kind === 'resource' && area.patterns.length === 0)) return [];
  const place = { policy: name, statement: statement.index, sid: statement.sid, pointer: statement.pointer };
  return [{ compiled, area, condition: held, statement: place }];
};

/** A resource of the account that carries a policy. */
export interface PolicyCarrier {
  readonly arn: Arn;
  readonly policy: NamedPolicy;
  /** Whether it is a role, whose trust policy only calls of STS ask. */
  readonly isRole: boolean;
}

/** A resource of the account that carries a policy, and what that says of the asker. */
export interface Carrier {
  readonly arn: Arn;
  readonly isRole: boolean;
  /** The resource with its parts, such as the objects of a bucket. */
  readonly area: Area;
  readonly allows: readonly CarrierClause[];
  readonly denies: readonly ReadClause[];
}

/** An Allow, and how it names the asker: itself, the role that its session is of, or its account. */
export interface CarrierClause extends ReadClause {
  readonly strength: NamedFormula['strength'];
}

/** Reads the statements that matter in the policy that hangs on a resource. */
export const readCarrier = (
  { arn, policy, isRole }: PolicyCarrier,
  asker: Asker,
  matters: Matters = everyStatement,
): Carrier => {
  const area = carrierArea({ arn, isRole });
  const clauses = (effect: 'allows' | 'denies'): readonly CarrierClause[] =>
    placed(policy, effect, 'resource', matters).flatMap((statement) =>
      namings(statement.compiled, asker).flatMap(({ strength, when }) =>
        readClause({ ...statement, condition: when }, area, asker).map((clause) => ({ ...clause, strength })),
      ),
    );
  return { arn, isRole, area, allows: clauses('allows'), denies: clauses('denies') };
};

/** What a policy's carrier is about: itself and its parts. */
export const carrierArea = ({ arn, isRole }: Pick<PolicyCarrier, 'arn' | 'isRole'>): Area => {
  const parts = /^arn:[^:]*:s3:/.test(arn) ? [arn, `${arn}/*`] : [arn, `${arn}/*`, `${arn}:*`];
  return { kind: 'resource', patterns: (isRole ? [arn] : parts).flatMap((text) => plainPattern(text) ?? []) };
};
