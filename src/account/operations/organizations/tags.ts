import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { OrganizationState } from '../../organization-state.ts';
import { pageAnswer, taggableId, tags } from './input.ts';
import {
  constraintViolation,
  invalidInput,
  organizationOperation,
  organizationRead,
} from './organization-operation.ts';

const MAX_TAGS = 50;

const findResource = (organization: OrganizationState, id: string): Result<ReadonlyMap<string, string>, AwsError> => {
  const { rootId, units, accounts, policies, resourcePolicy } = organization;
  const isThere = id === rootId || id === resourcePolicy?.id || units.has(id) || accounts.has(id) || policies.has(id);
  return isThere
    ? ok(organization.tags.get(id) ?? new Map<string, string>())
    : awsError('TargetNotFoundException', "You specified a target that doesn't exist.");
};

/** `organizations:TagResource`. */
const tagResource = organizationOperation(
  'TagResource',
  'managementAccount',
  z.object({ ResourceId: taggableId, Tags: tags }),
  (organization, { ResourceId, Tags }) => {
    const before = findResource(organization, ResourceId);
    if (!before.ok) return before;
    if (Tags.some(({ Key }) => Key.toLowerCase().startsWith('aws:'))) {
      return invalidInput('INVALID_SYSTEM_TAGS_PARAMETER');
    }
    const after = new Map([...before.value, ...Tags.map(({ Key, Value }) => [Key, Value] as const)]);
    if (after.size > MAX_TAGS) {
      return constraintViolation(
        'MAX_TAG_LIMIT_EXCEEDED',
        'You have exceeded the number of tags allowed on this resource.',
      );
    }
    return ok({ organization: { ...organization, tags: organization.tags.set(ResourceId, after) }, answer: {} });
  },
);

/** `organizations:UntagResource`. */
const untagResource = organizationOperation(
  'UntagResource',
  'managementAccount',
  z.object({ ResourceId: taggableId, TagKeys: z.array(z.string().min(1).max(128)) }),
  (organization, { ResourceId, TagKeys }) => {
    const before = findResource(organization, ResourceId);
    if (!before.ok) return before;
    const after = new Map([...before.value].filter(([key]) => !TagKeys.includes(key)));
    return ok({ organization: { ...organization, tags: organization.tags.set(ResourceId, after) }, answer: {} });
  },
);

/** `organizations:ListTagsForResource`. */
const listTagsForResource = organizationRead(
  'ListTagsForResource',
  'administrators',
  z.object({ ResourceId: taggableId, NextToken: z.string().optional() }),
  (organization, { ResourceId, NextToken }) => {
    const found = findResource(organization, ResourceId);
    if (!found.ok) return found;
    const all = [...found.value].map(([Key, Value]) => [Key, { Key, Value }] as const);
    return pageAnswer(
      'Tags',
      { NextToken, MaxResults: MAX_TAGS },
      () => all,
      (tag) => tag,
    );
  },
);

/** The operations on tags of what an organization has. */
export const tagOperations = [tagResource, untagResource, listTagsForResource];
