import type { RequestContext } from '../../evaluate/request-context.ts';
import type { RoleState } from '../account-state.ts';
import type { ResourceState } from '../resource-state.ts';
import { requestTags, textsOf } from './input-members.ts';

/** Something that a call needs leave for. A call may need several. */
export interface Permission {
  /** As an IAM action: `iam:CreateUser`. */
  readonly action: string;
  /** An ARN; `*` for an action that takes no resource. */
  readonly resource: string;
  /** The resource as AWS names it to a caller who may not; the same where absent. */
  readonly said?: string;
  /** The condition keys that follow from the request and from what it is about. */
  readonly context: RequestContext;
  /** The account that owns the resource; absent: the caller's. */
  readonly resourceAccount?: string;
  /** Of calls that assume a role: the role, whose trust policy decides; null: there is none of that ARN. */
  readonly assumes?: RoleState | null;
  /** The resource whose policy is asked. */
  readonly carrier?: ResourceState;
  /** The ARN or name of the identity provider that vouches for who asks; absent: the caller's credentials do. */
  readonly vouchedBy?: string;
}

/** The condition keys of the tags that a request gives or names. */
export const tagContext = (input: unknown): RequestContext => {
  const tags = requestTags(input);
  const keys = [...tags.keys(), ...textsOf(input, 'TagKeys')];
  if (keys.length === 0) return {};
  return {
    ...Object.fromEntries([...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    'aws:TagKeys': keys,
  };
};

/** The condition keys of the tags that a resource has. */
export const resourceTagContext = (tags: ReadonlyMap<string, string>, prefixes: readonly string[]): RequestContext =>
  Object.fromEntries(
    prefixes.flatMap((prefix) => [...tags].map(([key, value]) => [`${prefix}:ResourceTag/${key}`, value])),
  );
