import { z } from 'zod';
import { parseAccountId } from '../iam/account-id.ts';
import { parseArn } from '../iam/arn.ts';
import type { Result } from '../kernel/result.ts';
import { parseInstant } from '../kernel/time.ts';
import { SOURCE_NAMES } from './collected.ts';
import type { AccountDocument, AuthorizationDetailsDocument, SnapshotDocuments } from './snapshot-documents.ts';

// What each file of a snapshot directory must hold. Members that AWS adds later are ignored. `null` counts as absent,
// since some tools write it for what an answer left out.

const readBy = (parse: (text: string) => Result<unknown, string>) =>
  z.string().superRefine((text, context) => {
    const parsed = parse(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error });
  });

const time = readBy(parseInstant);
const arn = readBy(parseArn);
const text = z.string();
const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? undefined);
const optionalList = <T>(schema: z.ZodType<T>) => optional(z.array(schema));

/** A policy document in whatever form: what is wrong with it is told where it is used. */
const policyDocument = z.unknown().refine((raw) => raw !== undefined && raw !== null, { message: 'is missing' });

const inlinePolicies = optionalList(z.object({ PolicyName: text, PolicyDocument: policyDocument }));
const attachedPolicies = optionalList(z.object({ PolicyName: text, PolicyArn: arn }));
const boundary = optional(z.object({ PermissionsBoundaryType: optional(text), PermissionsBoundaryArn: arn }));
const tags = optionalList(z.object({ Key: text, Value: text }));

const instanceProfile = z.object({
  Path: optional(text),
  InstanceProfileName: text,
  InstanceProfileId: text,
  Arn: arn,
  CreateDate: time,
  Roles: optionalList(z.object({ RoleName: text })),
});

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

/** One page, or all pages merged, of the account authorization details. */
export const authorizationDetailsSchema: z.ZodType<AuthorizationDetailsDocument> = z.object({
  UserDetailList: z.array(user).exactOptional(),
  GroupDetailList: z.array(group).exactOptional(),
  RoleDetailList: z.array(role).exactOptional(),
  Policies: z.array(managedPolicy).exactOptional(),
});

const sourceName = z.enum(SOURCE_NAMES);

/** `account.json`. Gaps need no more than source, action and reason. Sources of a later Vigil are left out. */
export const accountSchema: z.ZodType<AccountDocument> = z.object({
  accountId: readBy(parseAccountId),
  alias: z
    .string()
    .nullish()
    .transform((alias) => alias ?? null),
  partition: z
    .string()
    .regex(/^aws[a-z-]*$/, 'is not a partition such as `aws` or `aws-cn`')
    .default('aws'),
  collectedAt: time,
  sources: z
    .array(z.object({ name: z.string(), time }))
    .default([])
    .transform((sources) =>
      sources.flatMap(({ name, time: readAt }) => {
        const known = sourceName.safeParse(name);
        return known.success ? [{ name: known.data, time: readAt }] : [];
      }),
    ),
  gaps: z
    .array(
      z.object({
        source: z.string(),
        action: text,
        reason: z.enum(['denied', 'failed', 'skipped']),
        detail: z.string().nullish(),
        subject: z.string().nullish(),
      }),
    )
    .default([])
    .transform((gaps) =>
      gaps.flatMap(({ source, action, reason, detail, subject }) => {
        const known = sourceName.safeParse(source);
        const told = { action, reason, detail: detail ?? `${action}: ${reason}`, subject: subject ?? null };
        return known.success ? [{ source: known.data, ...told }] : [];
      }),
    ),
});

const accountSummary = z.object({ SummaryMap: z.record(text, z.number()) });

const passwordPolicy = z.object({
  PasswordPolicy: z
    .object({
      MinimumPasswordLength: optional(z.number()),
      RequireSymbols: optional(z.boolean()),
      RequireNumbers: optional(z.boolean()),
      RequireUppercaseCharacters: optional(z.boolean()),
      RequireLowercaseCharacters: optional(z.boolean()),
      AllowUsersToChangePassword: optional(z.boolean()),
      ExpirePasswords: optional(z.boolean()),
      MaxPasswordAge: optional(z.number()),
      PasswordReusePrevention: optional(z.number()),
      HardExpiry: optional(z.boolean()),
    })
    .nullable(),
});

const mfaDevices = z.object({
  VirtualMFADevices: optionalList(
    z.object({
      SerialNumber: text,
      EnableDate: optional(time),
      User: optional(z.object({ Arn: arn, UserName: optional(text) })),
    }),
  ),
  MFADevices: optionalList(z.object({ UserName: text, SerialNumber: text, EnableDate: optional(time) })),
});

const accessKeys = z.object({
  AccessKeyMetadata: z.array(
    z.object({
      UserName: text,
      AccessKeyId: text,
      Status: z.enum(['Active', 'Inactive', 'Expired']),
      CreateDate: time,
      AccessKeyLastUsed: optional(
        z.object({ LastUsedDate: optional(time), ServiceName: optional(text), Region: optional(text) }),
      ),
    }),
  ),
});

const serviceSpecificCredentials = z.object({
  ServiceSpecificCredentials: z.array(
    z.object({
      UserName: text,
      ServiceSpecificCredentialId: text,
      ServiceName: text,
      Status: text,
      CreateDate: time,
      ExpirationDate: optional(time),
    }),
  ),
});

const uploaded = { UserName: text, Status: text, UploadDate: optional(time) };

const sshPublicKeys = z.object({
  SSHPublicKeys: z.array(z.object({ SSHPublicKeyId: text, ...uploaded })),
});

const signingCertificates = z.object({
  Certificates: z.array(z.object({ CertificateId: text, ...uploaded })),
});

const serverCertificates = z.object({
  ServerCertificateMetadataList: z.array(
    z.object({
      Path: text,
      ServerCertificateName: text,
      ServerCertificateId: text,
      Arn: arn,
      UploadDate: time,
      Expiration: time,
    }),
  ),
});

const identityProviders = z.object({
  SAMLProviderList: optionalList(z.object({ Arn: arn, ValidUntil: optional(time), CreateDate: optional(time) })),
  OpenIDConnectProviderList: optionalList(
    z.object({
      Arn: arn,
      Url: optional(text),
      ClientIDList: optionalList(text),
      ThumbprintList: optionalList(text),
      CreateDate: optional(time),
    }),
  ),
});

const instanceProfiles = z.object({ InstanceProfiles: z.array(instanceProfile) });

/** The answers of AWS that have a JSON file of their own, each by the member that the file is read to. */
export type Answers = Omit<SnapshotDocuments, 'account' | 'authorizationDetails' | 'credentialReport'>;

/** The content of those files, together. */
export const answersSchema: z.ZodType<Answers> = z.object({
  accountSummary: accountSummary.exactOptional(),
  passwordPolicy: passwordPolicy.exactOptional(),
  mfaDevices: mfaDevices.exactOptional(),
  accessKeys: accessKeys.exactOptional(),
  serviceSpecificCredentials: serviceSpecificCredentials.exactOptional(),
  sshPublicKeys: sshPublicKeys.exactOptional(),
  signingCertificates: signingCertificates.exactOptional(),
  serverCertificates: serverCertificates.exactOptional(),
  identityProviders: identityProviders.exactOptional(),
  instanceProfiles: instanceProfiles.exactOptional(),
});
