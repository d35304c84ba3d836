import type { AccountAccess } from '../../access/account-access.ts';
import type { Decision } from '../../evaluate/decision.ts';
import { TRUE } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import { parsePolicyDocument } from '../../policy/parse-policy-document.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { withoutKeys } from '../residual/without-keys.ts';
import { withoutChosenKeys } from './chosen-keys.ts';
import type { Ask } from './escalation-method.ts';
import type { OwnState, Target } from './own-state.ts';
import { choices, requestTags, surroundings } from './request-context.ts';
import type { SearchContext } from './search-context.ts';
import { best, DENIED, type WayMatch } from './way-match.ts';

/** Who asks, and about whom. */
export interface Asking {
  readonly state: OwnState;
  readonly target: Target;
  /** The service that is to run as the target. */
  readonly service: string | undefined;
  readonly context: SearchContext;
}

/** The best answer over what the caller can choose to put into the request. */
export const matchRequest = (ask: Ask, arn: string, provided: string | null, asking: Asking): WayMatch => {
  const { state, target, service, context } = asking;
  const known = { ...state.context, ...surroundings(arn, state, target, context) };
  const tags = requestTags(target);
  return best(choices(ask, target, service, context), (chosen) => {
    const asked = askOnce(ask, arn, known, { ...tags, ...chosen }, state);
    const decision = settle(asked, ask, arn, asking);
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
  });
};

const answers = new WeakMap<OwnState, Map<string, Decision>>();

/** Asks whether a principal may make a request: many ways make the same one. */
const askOnce = (ask: Ask, arn: string, known: RequestContext, sent: RequestContext, state: OwnState): Decision => {
  const before = answers.get(state) ?? new Map<string, Decision>();
  answers.set(state, before);
  let key = `${ask.action} ${ask.after} ${known['iam:PermissionsBoundary']} ${arn}`;
  for (const name in sent) key += ` ${name} ${sent[name]}`;
  const context = (): RequestContext => ({ ...known, ...sent });
  const answer = before.get(key) ?? accessFor(ask, arn, state).canPerform(state.self, ask.action, arn, context());
  before.set(key, answer);
  return answer;
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
