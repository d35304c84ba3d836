import type { Caller } from '../iam/caller.ts';
import type { CompiledPrincipal, Naming } from '../policy/compile-principal.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import { allOf, anyOf, atomFormula, constant, FALSE, type Formula, not, TRUE } from './formula.ts';

/** Who asks, as far as the principals of a statement go. */
interface Asker {
  readonly caller: Caller;
  readonly context: ContextLookup;
  /** Whether the caller has a permissions boundary. */
  readonly bounded: boolean;
}

/** A way in which a statement is about the caller, and when. */
export interface NamedFormula {
  readonly strength: Naming['strength'];
  readonly when: Formula;
}

/** The ways in which a statement's principal element is about a caller; none: it is not. */
export const namedFormulas = (principal: CompiledPrincipal, asker: Asker): readonly NamedFormula[] => {
  const namings = principal.names(asker.caller);
  const ways =
    principal.kind === 'principal'
      ? namings.map((naming) => ({ strength: naming.strength, when: namingFormula(naming, asker.context) }))
      : [{ strength: 'direct' as const, when: not(sparedFormula(principal, namings, asker)) }];
  return ways.filter(({ when }) => when.kind !== 'false');
};

/**
 * When `NotPrincipal` spares a caller: it and its account must be listed, of a session the role too. A caller with a
 * permissions boundary is never spared.
 * Source: "AWS JSON policy elements: NotPrincipal" and "Permissions boundaries for IAM entities", IAM User Guide.
 */
const sparedFormula = (principal: CompiledPrincipal, namings: readonly Naming[], asker: Asker): Formula => {
  if (asker.bounded) return FALSE;
  if (principal.everybody) return TRUE;
  const listed = (strength: Naming['strength']): Formula =>
    anyOf(
      namings.filter((naming) => naming.strength === strength).map((naming) => namingFormula(naming, asker.context)),
    );
  return allOf(NEEDED[asker.caller.kind].map(listed));
};

/** What `NotPrincipal` must list of a caller. */
const NEEDED: Readonly<Record<Caller['kind'], readonly Naming['strength'][]>> = {
  user: ['direct', 'account'],
  role: ['direct', 'role', 'account'],
  assumedRole: ['direct', 'role', 'account'],
  federatedUser: ['direct', 'account'],
  root: ['account'],
  service: ['direct'],
  federated: ['direct'],
  anonymous: ['direct'],
};

/** `aws:userid` of a session is the role's id, a colon, and what the session is called. */
const namingFormula = ({ session }: Naming, context: ContextLookup): Formula => {
  if (session === null) return TRUE;
  const known = context('aws:userid');
  const [id] = known === 'unknown' || known === 'absent' ? [] : known;
  if (id?.includes(':') === true) return constant(id.slice(id.indexOf(':') + 1) === session);
  const condition = { operator: 'StringLike', key: 'aws:userid', values: [`*:${session}`] };
  return atomFormula({ kind: 'condition', variables: false, ...condition });
};
