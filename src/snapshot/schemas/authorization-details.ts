import { z } from 'zod';
import { isJsonObject } from '../../kernel/json.ts';
import type { AuthorizationDetailsDocument } from '../snapshot-documents.ts';
import { arn, instanceProfile, optional, optionalList, text, time } from './values.ts';

/** A policy document in whatever form: what is wrong with it is told where it is used. */
const policyDocument = z.unknown().refine((raw) => raw !== undefined && raw !== null, { message: 'is missing' });

const inlinePolicies = optionalList(z.object({ PolicyName: text, PolicyDocument: policyDocument }));
const attachedPolicies = optionalList(z.object({ PolicyName: text, PolicyArn: arn }));
const boundary = optional(z.object({ PermissionsBoundaryType: optional(text), PermissionsBoundaryArn: arn }));
const tags = optionalList(z.object({ Key: text, Value: text }));

const user = z.object({
  Path: text,
  UserName: text,
  UserId: text,
  Arn: arn,
  CreateDate: time,
  UserPolicyList: inlinePolicies,
  GroupList: optionalList(text),
  AttachedManagedPolicies: attachedPolicies,
  PermissionsBoundary: boundary,
  Tags: tags,
});

const group = z.object({
  Path: text,
  GroupName: text,
  GroupId: text,
  Arn: arn,
  CreateDate: time,
  GroupPolicyList: inlinePolicies,
  AttachedManagedPolicies: attachedPolicies,
});

const role = z.object({
  Path: text,
  RoleName: text,
  RoleId: text,
  Arn: arn,
  CreateDate: time,
  AssumeRolePolicyDocument: policyDocument,
  InstanceProfileList: optionalList(instanceProfile),
  RolePolicyList: inlinePolicies,
  AttachedManagedPolicies: attachedPolicies,
  PermissionsBoundary: boundary,
  Tags: tags,
  RoleLastUsed: optional(z.object({ LastUsedDate: optional(time), Region: optional(text) })),
});

const managedPolicy = z.object({
  PolicyName: text,
  PolicyId: text,
  Arn: arn,
  Path: text,
  DefaultVersionId: text,
  AttachmentCount: optional(z.number()),
  PermissionsBoundaryUsageCount: optional(z.number()),
  IsAttachable: optional(z.boolean()),
  Description: optional(text),
  CreateDate: time,
  UpdateDate: optional(time),
  PolicyVersionList: z.array(
    z.object({
      VersionId: text,
      IsDefaultVersion: z.boolean(),
      CreateDate: optional(time),
      Document: policyDocument,
    }),
  ),
});

/** The lists of the account authorization details. */
export const DETAILS_LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;

/** A list that some tools write as null, where the answer had none, counts as not there. */
const withoutNullLists = (page: unknown): unknown =>
  isJsonObject(page)
    ? Object.fromEntries(
        DETAILS_LISTS.filter((list) => Object.hasOwn(page, list) && page[list] !== null).map((list) => [
          list,
          page[list],
        ]),
      )
    : page;

/** One page, or all pages merged, of the account authorization details. */
export const authorizationDetailsSchema: z.ZodType<AuthorizationDetailsDocument> = z.preprocess(
  withoutNullLists,
  z.object({
    UserDetailList: z.array(user).exactOptional(),
    GroupDetailList: z.array(group).exactOptional(),
    RoleDetailList: z.array(role).exactOptional(),
    Policies: z.array(managedPolicy).exactOptional(),
  }),
);
