import { organizationLevels, resourceOrganization } from '../../access/organization-levels.ts';
import { type Admission, createOutsideAccess, type OutsideRequest } from '../../access/outside-access.ts';
import { type Outsider, outsiderName } from '../../access/outsider.ts';
import type { Doubt } from '../../evaluate/decision.ts';
import { anyOf, FALSE, type Formula, TRUE } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import type { Instant } from '../../kernel/time.ts';
import { createPolicyCompiler, requestedAction } from '../../policy/compile-policy.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { AccessLevel, ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Role } from '../../snapshot/account-snapshot.ts';
import type { Resource } from '../../snapshot/resource.ts';
import { type ActionTarget, createTargetFinder } from './action-targets.ts';
import { isChosenByCaller, OTHER_ORGANIZATIONS, strangeContexts, withoutChosen } from './stranger.ts';

/** Whom outside the account a resource's own policy lets in, within Block Public Access and the RCPs above. */
export interface Exposure {
  /** Those who are let in; a narrower one is left out where a wider one may do the same under the same conditions. */
  readonly outsiders: readonly ExposedTo[];
  /** What could not be read of the policy and may shut somebody out who is told to be let in. */
  readonly doubts: readonly Doubt[];
}

/** Somebody outside, and what the policy lets them do. */
export interface ExposedTo {
  readonly outsider: Outsider;
  readonly actions: readonly ExposedAction[];
}

/** An action that somebody outside may perform. */
export interface ExposedAction {
  readonly action: string;
  readonly level: AccessLevel;
  /** When they may. */
  readonly when: Formula;
  /**
   * What of that a stranger cannot bring about: for a caller, one in no network, organization or access point that the
   * policy names; for a service, one that acts for a resource of an account that the policy does not name.
   */
  readonly toStrangers: Formula;
  /**
   * Whether only members of organizations that the policy names are let in: of the account's own, or of others. Unknown
   * where nobody knows which the account is in.
   */
  readonly organization: 'own' | 'other' | 'unknown' | null;
}

/** Reads whom the policy of a resource lets in, or the trust policy of a role. */
export interface ExposureReader {
  ofResource(resource: Resource): Exposure;
  /** Whom a role lets begin a session of it, other than with a token of an identity provider. */
  ofRole(role: Role): Exposure;
}

/** Makes the reader of an account's policies of resources. */
export const createExposureReader = (
  snapshot: AccountSnapshot,
  reference: ServiceReference,
  now: Instant,
): ExposureReader => {
  const access = createOutsideAccess(reference, now);
  const compile = createPolicyCompiler(reference);
  const { rcps } = organizationLevels(snapshot, compile);
  const targetsOf = createTargetFinder(reference);
  const ownOrganization: RequestContext = resourceOrganization(snapshot);
  const organizationId =
    snapshot.organization.known && snapshot.organization.value !== null ? snapshot.organization.value.id : null;

  const known = new WeakMap<Resource, Exposure>();
  const read = (
    document: PolicyDocument,
    targets: readonly ActionTarget[],
    blocked: boolean,
    name: string,
  ): Exposure => {
    const found = new Map<string, FoundOutsider>();
    const doubts = new Map<string, Doubt>();
    const admit = admitter(document, blocked, name);
    for (const target of targets) {
      for (const admitted of admit(target)) {
        if (admitted.kind === 'in')
          keepWidest(found, admitted.outsider, { action: target.action, level: target.level, ...admitted.exposed });
        else for (const doubt of admitted.doubts) doubts.set(doubt.pointer, doubt);
      }
    }
    const outsiders = [...found.values()].map(({ outsider, actions }) => ({
      outsider,
      actions: [...actions.values()],
    }));
    return { outsiders, doubts: [...doubts.values()] };
  };

  // The same statements say the same of each action that they match.
  const admitter = (
    document: PolicyDocument,
    blocked: boolean,
    name: string,
  ): ((target: ActionTarget) => readonly Admitted[]) => {
    const policies = [compile(document), ...(rcps ?? []).flat().map(({ policy }) => policy)];
    const statements = policies.flatMap(({ allows, denies }) => [...allows, ...denies]);
    const isWhole = policies.every((policy) => policy.document.problems.length === 0);
    const answers = new Map<string, readonly Admitted[]>();
    return ({ action, arn }) => {
      const requested = requestedAction(reference, action);
      const matched = statements.map(({ actions }) => (actions.matches(requested) ? '1' : '0')).join('');
      const key = `${isWhole ? matched : action} ${arn}`;
      const before = answers.get(key);
      if (before !== undefined) return before;
      const request: OutsideRequest = {
        policy: { name, document },
        account: snapshot.accountId,
        action,
        resource: arn,
        context: ownOrganization,
        settings: { s3: { blockPublicAccess: blocked } },
        ...(rcps && { rcps }),
      };
      const answer = access.whoCan(request).map(
        ({ outsider, decision }): Admitted =>
          decision.kind === 'undetermined'
            ? { kind: 'doubtful', doubts: decision.reasons }
            : {
                kind: 'in',
                outsider,
                exposed: { when: whenAdmitted(decision), ...judge(request, outsider, decision) },
              },
      );
      answers.set(key, answer);
      return answer;
    };
  };

  const judge = (
    request: OutsideRequest,
    outsider: Outsider,
    decision: Admission,
  ): Pick<ExposedAction, 'toStrangers' | 'organization'> => {
    if (decision.kind === 'allowed') return { toStrangers: TRUE, organization: null };
    // What a service says of whom it acts for (the subject of a certificate, say) is not for that one to choose.
    const isChosen = (key: string): boolean =>
      isChosenByCaller(key) && !(outsider.kind === 'service' && key.startsWith('aws:principaltag/'));
    const ask = (contexts: readonly RequestContext[]): Formula =>
      anyOf(
        contexts.map((context) => withoutChosen(whenAdmitted(access.admits(request, outsider, context)), isChosen)),
      );
    const toStrangers = ask(strangeContexts(outsider, request.policy.document));
    if (ask(OTHER_ORGANIZATIONS).kind !== 'false') return { toStrangers, organization: null };
    if (!snapshot.organization.known) return { toStrangers, organization: 'unknown' };
    const isOwn = organizationId !== null && ask([{ 'aws:PrincipalOrgID': organizationId }]).kind !== 'false';
    return { toStrangers, organization: isOwn ? 'own' : 'other' };
  };

  return {
    ofResource: (resource) => {
      const { arn, policy, restrictsPublicAccess } = resource;
      if (policy === null) return NOBODY;
      let exposure = known.get(resource);
      if (exposure === undefined) {
        exposure = read(policy, targetsOf(arn, compile(policy)), restrictsPublicAccess, `${arn}#policy`);
        known.set(resource, exposure);
      }
      return exposure;
    },
    ofRole: ({ arn, trustPolicy }) =>
      read(trustPolicy, [{ action: 'sts:AssumeRole', level: 'Write', arn }], false, `${arn}#trust`),
  };
};

type Admitted =
  | { readonly kind: 'in'; readonly outsider: Outsider; readonly exposed: Omit<ExposedAction, 'action' | 'level'> }
  | { readonly kind: 'doubtful'; readonly doubts: readonly Doubt[] };

interface FoundOutsider {
  readonly outsider: Outsider;
  readonly actions: Map<string, ExposedAction>;
}

/** Keeps of an action on several parts of a resource the one that is open the widest. */
const keepWidest = (found: Map<string, FoundOutsider>, outsider: Outsider, exposed: ExposedAction): void => {
  const key = `${outsider.kind} ${outsiderName(outsider)}`;
  const entry = found.get(key) ?? { outsider, actions: new Map<string, ExposedAction>() };
  found.set(key, entry);
  const before = entry.actions.get(exposed.action);
  if (before === undefined || rank(exposed) > rank(before)) entry.actions.set(exposed.action, exposed);
};

const NOBODY: Exposure = { outsiders: [], doubts: [] };

const whenAdmitted = (admission: Admission | null): Formula => {
  if (admission?.kind === 'allowedIf') return admission.residual;
  return admission?.kind === 'allowed' ? TRUE : FALSE;
};

/** How open an action is. */
const rank = ({ when, toStrangers, organization }: ExposedAction): number => {
  if (when.kind === 'true') return 4;
  if (toStrangers.kind === 'true') return 3;
  if (toStrangers.kind !== 'false') return 2;
  return organization === 'own' ? 0 : 1;
};
