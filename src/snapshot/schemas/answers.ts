import { z } from 'zod';
import type { SnapshotDocuments } from '../snapshot-documents.ts';
import { accessAnalyzer, cloudTrail, lastAccessed, organization, resources } from './beyond-iam.ts';
import { identityCenter } from './identity-center.ts';
import { arn, instanceProfile, optional, optionalList, text, time } from './values.ts';

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

/** What has a JSON file of its own, each by the member that the file is read to. */
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
  lastAccessed: lastAccessed.exactOptional(),
  cloudTrail: cloudTrail.exactOptional(),
  resources: resources.exactOptional(),
  organization: organization.exactOptional(),
  identityCenter: identityCenter.exactOptional(),
  accessAnalyzer: accessAnalyzer.exactOptional(),
});
