import {
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  ListAccountAliasesCommand,
  ListInstanceProfilesCommand,
  ListServerCertificatesCommand,
} from '@aws-sdk/client-iam';
import type { PasswordPolicyDocument } from '../../snapshot/snapshot-documents.ts';
import { allPages, answered, isoTime, required } from './answers.ts';
import { instanceProfileDocument } from './authorization-documents.ts';
import { toCallError } from './error-text.ts';
import type { ReadDocuments, Reader } from './reader.ts';

/** The account's counts and quotas. */
export const collectAccountSummary = async (reader: Reader): Promise<ReadDocuments> => {
  const summary = await reader.read('iam:GetAccountSummary', async () =>
    required((await reader.iam.send(new GetAccountSummaryCommand({}))).SummaryMap, 'SummaryMap'),
  );
  return summary === null ? {} : { accountSummary: { SummaryMap: summary } };
};

/** The password policy; that there is none is data. */
export const collectPasswordPolicy = async (reader: Reader): Promise<ReadDocuments> => {
  const answer = await reader.read('iam:GetAccountPasswordPolicy', async () => ({
    policy: await passwordPolicy(reader),
  }));
  return answer === null ? {} : { passwordPolicy: { PasswordPolicy: answer.policy } };
};

const passwordPolicy = async ({ iam }: Reader): Promise<PasswordPolicyDocument | null> => {
  try {
    return required((await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy, 'PasswordPolicy');
  } catch (thrown) {
    if (toCallError(thrown).name.startsWith('NoSuchEntity')) return null;
    throw thrown;
  }
};

/** The account's alias; null: it has none, or that is not known. */
export const collectAlias = async (reader: Reader): Promise<string | null> => {
  const aliases = await reader.read('iam:ListAccountAliases', async () =>
    answered(await reader.iam.send(new ListAccountAliasesCommand({}))),
  );
  return aliases?.AccountAliases?.[0] ?? null;
};

/** TLS server certificates, without their bodies. */
export const collectServerCertificates = async (reader: Reader): Promise<ReadDocuments> => {
  const certificates = await reader.read('iam:ListServerCertificates', () =>
    allPages(
      (Marker) => reader.iam.send(new ListServerCertificatesCommand({ Marker })),
      (page) =>
        (page.ServerCertificateMetadataList ?? []).map((certificate) => ({
          Path: certificate.Path ?? '/',
          ServerCertificateName: required(certificate.ServerCertificateName, 'ServerCertificateName'),
          ServerCertificateId: required(certificate.ServerCertificateId, 'ServerCertificateId'),
          Arn: required(certificate.Arn, 'Arn'),
          UploadDate: isoTime(required(certificate.UploadDate, 'UploadDate')),
          Expiration: isoTime(required(certificate.Expiration, 'Expiration')),
        })),
    ),
  );
  return certificates === null ? {} : { serverCertificates: { ServerCertificateMetadataList: certificates } };
};

/** Instance profiles: the authorization details tell only of those that hold a role. */
export const collectInstanceProfiles = async (reader: Reader): Promise<ReadDocuments> => {
  const profiles = await reader.read('iam:ListInstanceProfiles', () =>
    allPages(
      (Marker) => reader.iam.send(new ListInstanceProfilesCommand({ Marker, MaxItems: 1000 })),
      (page) => (page.InstanceProfiles ?? []).map(instanceProfileDocument),
    ),
  );
  return profiles === null ? {} : { instanceProfiles: { InstanceProfiles: profiles } };
};
