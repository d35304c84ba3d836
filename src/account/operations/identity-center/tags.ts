import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import type { AccountState } from '../../account-state.ts';
import { awsError } from '../../aws-error.ts';
import type { PermissionSetState } from '../../identity-center-state.ts';
import { operation, readOperation } from '../../operation.ts';
import { pageAnswer, refuse } from './identity-center-operation.ts';

/** The member `Tags`. */
export const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).max(75);

const ofResource = z.object({ ResourceArn: z.string().min(10).max(2048) });

const MAX_TAGS = 50;

/** A permission set by its ARN, with what puts other tags to it. */
const findTagged = (state: AccountState, arn: string) => {
  const { identityCenter } = state;
  const set = identityCenter?.permissionSets.get(arn);
  if (identityCenter === null || set === undefined) {
    return awsError('ResourceNotFoundException', `Could not find a resource with arn ${arn}`);
  }
  const withTags = (changed: PermissionSetState['tags']): AccountState => {
    const permissionSets = identityCenter.permissionSets.set(arn, { ...set, tags: changed });
    return { ...state, identityCenter: { ...identityCenter, permissionSets } };
  };
  return ok({ tags: set.tags, withTags });
};

/** `sso:TagResource`. */
const tagResource = operation(
  'sso:TagResource',
  ofResource.extend({ Tags: tags }),
  (state, { ResourceArn, Tags }) => {
    const found = findTagged(state, ResourceArn);
    if (!found.ok) return found;
    const changed = new Map([...found.value.tags, ...Tags.map(({ Key, Value }) => [Key, Value] as const)]);
    return changed.size > MAX_TAGS
      ? awsError('ServiceQuotaExceededException', `A resource has at most ${MAX_TAGS} tags.`)
      : ok({ state: found.value.withTags(changed), answer: {} });
  },
  refuse,
);

/** `sso:UntagResource`. */
const untagResource = operation(
  'sso:UntagResource',
  ofResource.extend({ TagKeys: z.array(z.string().min(1).max(128)).min(1).max(75) }),
  (state, { ResourceArn, TagKeys }) => {
    const found = findTagged(state, ResourceArn);
    if (!found.ok) return found;
    const kept = new Map([...found.value.tags].filter(([key]) => !TagKeys.includes(key)));
    return ok({ state: found.value.withTags(kept), answer: {} });
  },
  refuse,
);

/** `sso:ListTagsForResource`. */
const listTags = readOperation(
  'sso:ListTagsForResource',
  ofResource.extend({ NextToken: z.string().max(2048).optional() }),
  (state, { ResourceArn, NextToken }) => {
    const found = findTagged(state, ResourceArn);
    if (!found.ok) return found;
    const listed = [...found.value.tags].map(([Key, Value]) => [Key, { Key, Value }] as const);
    return pageAnswer('Tags', { NextToken, MaxResults: MAX_TAGS }, listed);
  },
  refuse,
);

/** The operations of Identity Center on tags. */
export const tagOperations = [tagResource, untagResource, listTags];
