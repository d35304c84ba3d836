import type { Admission, OutsideAccess, OutsideRequest } from '../../../access/outside-access.ts';
import type { Outsider } from '../../../access/outsider.ts';
import type { RequestContext } from '../../../evaluate/request-context.ts';
import type { ContextLookup } from '../../../policy/context-lookup.ts';

/** The call by which a principal of one account begins a session of a role of another. */
export const ASSUME_ROLE = 'sts:AssumeRole';

/** A request about something of an account that principals of others may make, as far as its account says. */
export interface OpenRequest extends Pick<OutsideRequest, 'account' | 'action' | 'resource'> {
  /** What whoever asks finds of the resource: where it is, and its tags. */
  readonly context: RequestContext;
  /** The names of its tags, in lower case; null: nobody knows them. */
  readonly tagNames: ReadonlySet<string> | null;
  /** Whether the policy of the resource may let in anybody of an account. */
  mayAdmit(account: string): boolean;
  /** Whether that policy names a principal itself. */
  names(arn: string): boolean;
  /** What the account of the resource says of a principal of another, by what is known of its requests; null: it denies. */
  admits(caller: { readonly account: string; readonly arn: string }, known: ContextLookup): Admission | null;
}

/** Who may make such requests. */
export interface Others {
  readonly outside: OutsideAccess;
  /** The accounts that are audited together. */
  readonly accounts: ReadonlySet<string>;
}

/**
 * The request as others of the accounts may make it, on conditions or not; null: nobody of them may. Nothing of it holds the
 * snapshot of its account. `tags`: those of the resource; null: nobody knows them.
 */
export const openRequest = (
  request: OutsideRequest,
  tags: ReadonlyMap<string, string> | null,
  { outside, accounts }: Others,
): OpenRequest | null => {
  const { account: owner, action, resource, policy } = request;
  const isOther = (outsider: Outsider): boolean =>
    outsider.kind === 'anyAccount' ||
    ('account' in outsider && outsider.account !== owner && accounts.has(outsider.account));
  const letIn = outside
    .outsiders(request)
    .filter((outsider) => isOther(outsider) && outside.admits(request, outsider) !== null);
  if (letIn.length === 0) return null;
  const keys = conditionKeys(request);
  const tagsToAskFor = tagContext(tags);
  return {
    account: owner,
    action,
    resource,
    context: { ...request.context, 'aws:ResourceAccount': owner, ...tagsToAskFor },
    tagNames: tags && new Set([...tags.keys()].map((name) => name.toLowerCase())),
    mayAdmit: (account) =>
      letIn.some(
        (outsider) => outsider.kind === 'anyAccount' || ('account' in outsider && outsider.account === account),
      ),
    names: (arn) =>
      policy.document.statements.some(
        ({ effect, principal }) =>
          effect === 'Allow' && principal?.kind === 'principal' && principal.aws.some((named) => named === arn),
      ),
    admits: ({ account, arn }, known) =>
      outside.admits(request, { kind: 'principal', account, arn }, { ...tagsToAskFor, ...contextOf(keys, known) }),
  };
};

/** Every key that the policy of the resource and the RCPs above it ask for, and what these ask of who calls. */
const conditionKeys = ({ policy, rcps = [] }: OutsideRequest): readonly string[] => {
  const documents = [policy.document, ...rcps.flat().map((cap) => cap.policy.document)];
  return [
    ...new Set([
      'aws:principalorgid',
      'aws:principalorgpaths',
      ...documents.flatMap(({ statements }) =>
        statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.toLowerCase())),
      ),
    ]),
  ].filter((key) => !key.startsWith('aws:resource'));
};

/** Of the keys what is known of them. */
const contextOf = (keys: readonly string[], known: ContextLookup): RequestContext =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = known(key);
      return value === 'unknown' ? [] : [[key, value === 'absent' ? null : value]];
    }),
  );

const tagContext = (tags: ReadonlyMap<string, string> | null): RequestContext =>
  Object.fromEntries(
    [...(tags ?? [])].flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  );
