import { z } from 'zod';
import { arn, optional, optionalList, text } from './values.ts';

const customerPolicy = z.object({ Name: text, Path: optional(text) });

const boundary = z.object({
  CustomerManagedPolicyReference: optional(customerPolicy),
  ManagedPolicyArn: optional(arn),
});

const assignment = z.object({ AccountId: text, PrincipalType: z.enum(['USER', 'GROUP']), PrincipalId: text });

const permissionSet = z.object({
  PermissionSetArn: arn,
  Name: text,
  Description: optional(text),
  SessionDuration: optional(text),
  AttachedManagedPolicies: optionalList(z.object({ Name: optional(text), Arn: arn })),
  CustomerManagedPolicyReferences: optionalList(customerPolicy),
  InlinePolicy: z.unknown().exactOptional(),
  // Here null says that there is none.
  PermissionsBoundary: boundary.nullable().optional(),
  AccountAssignments: optionalList(assignment),
  unreadAccounts: optionalList(text),
});

/** `identity-center.json`; null: the account is told of no instance. */
export const identityCenter = z
  .object({
    instanceArn: text,
    identityStoreId: text,
    region: optional(text),
    permissionSets: optionalList(permissionSet),
    users: optionalList(z.object({ UserId: text, UserName: text, DisplayName: optional(text) })),
    groups: optionalList(z.object({ GroupId: text, DisplayName: text, memberIds: optionalList(text) })),
    managedPolicies: optionalList(z.object({ Arn: arn, PolicyDocument: z.unknown() })),
  })
  .nullable();
