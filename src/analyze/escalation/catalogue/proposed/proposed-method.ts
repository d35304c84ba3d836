import type { Ask, AskedOn, Effect, EscalationMethod, TargetKind, Way } from '../../escalation-method.ts';

/** A method that `EscalationMethod` has no words for yet. */
export interface ProposedMethod extends Omit<EscalationMethod, 'ways'> {
  readonly ways: readonly ProposedWay[];
}

/** One way of such a method. */
interface ProposedWay extends Omit<Way, 'on' | 'requires' | 'effect'> {
  readonly on: TargetKind | ProposedTarget;
  readonly requires: readonly (ProposedAsk | { readonly anyOf: readonly ProposedAsk[] })[];
  /** The kind of identity provider that the trust policy of the target admits. */
  readonly federated?: 'saml' | 'openid' | 'cognito';
  readonly effect: Effect | ProposedEffect;
}

interface ProposedAsk extends Omit<Ask, 'on'> {
  readonly on?: AskedOn | ProposedAskedOn;
}

/** The principal, by the permission set that its role is of. */
type ProposedTarget = 'own-permission-set';

type ProposedAskedOn =
  /** The identity provider that the trust policy of the target admits. */
  | 'provider'
  /** The same, where the account has no such provider any more. */
  | 'missing-provider'
  /** A resource of a member account of the organization. */
  | 'member-account';

type ProposedEffect =
  /** The principal can read the resource that it asked on. */
  | 'reads-resource'
  /** The service does for the principal what it is made for, and nothing else, as the target. */
  | 'acts-through-target'
  /** The policies of the organization no longer limit the principals of the account. */
  | 'lifts-guardrails';
