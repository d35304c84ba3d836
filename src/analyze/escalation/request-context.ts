import type { RequestContext } from '../../evaluate/request-context.ts';
import type { Ask } from './escalation-method.ts';
import type { OwnState, Target } from './own-state.ts';
import type { SearchContext } from './search-context.ts';

/** What the caller can put into a request, one choice after the other; `service`: as which the target is to run. */
export const choices = (
  { action, context: asked = {} }: Ask,
  { what }: Target,
  service: string | undefined,
  { administratorPolicies }: Pick<SearchContext, 'administratorPolicies'>,
): readonly RequestContext[] => {
  let chosen: readonly RequestContext[] = [
    action === 'iam:PassRole' && service !== undefined ? { 'iam:PassedToService': service } : {},
  ];
  for (const [key, choice] of Object.entries(asked)) {
    const values =
      choice === 'administrator-policy'
        ? administratorPolicies
        : typeof choice === 'object'
          ? [choice.value]
          : 'policyArn' in what
            ? [what.policyArn]
            : [];
    chosen = values.flatMap((value) => chosen.map((each) => ({ ...each, [key]: value })));
  }
  // Whoever makes a user or role may have to give it a boundary, and then gives it the widest.
  return what.kind === 'new' && CREATING.test(action)
    ? [null, ...administratorPolicies].flatMap((boundary) =>
        chosen.map((each) => ({ ...each, 'iam:PermissionsBoundary': boundary })),
      )
    : chosen;
};

const CREATING = /^iam:(?:Create|Put|Attach)(?:User|Role)(?:Policy)?$/;

/** What follows from the target and from calling IAM. */
export const surroundings = (
  arn: string,
  { self }: OwnState,
  { holder }: Target,
  { account }: SearchContext,
): RequestContext => {
  const principal = [self, holder?.self].find((each) => each?.arn === arn);
  return {
    'aws:ResourceAccount': account.accountId,
    // IAM of the standard partition is called in us-east-1 ("AWS global condition context keys", aws:RequestedRegion).
    ...(account.partition === 'aws' && arn.includes(':iam::') ? { 'aws:RequestedRegion': 'us-east-1' } : {}),
    'iam:PermissionsBoundary': principal?.permissionsBoundary ?? null,
  };
};

/** The tag that a request sends. */
export const requestTags = ({ what }: Target): RequestContext =>
  what.kind === 'tag' ? { [`aws:RequestTag/${what.key}`]: what.value, 'aws:TagKeys': [what.key] } : {};
