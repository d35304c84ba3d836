import type { User } from '../account-snapshot.ts';
import { mapCollected } from '../collected.ts';
import type { Assembly } from './assembly.ts';
import { type UserNames, userDocuments } from './user-documents.ts';

// The credentials that the credential report does not tell of.

/** Credentials for one service each, by user. */
export const readServiceSpecificCredentials = (assembly: Assembly) => {
  const read = assembly.reader('service-specific-credentials.json');
  const listed = userDocuments(assembly, {
    source: 'service-specific-credentials',
    action: 'iam:ListServiceSpecificCredentials',
    documents: assembly.documents.serviceSpecificCredentials?.ServiceSpecificCredentials,
  });
  return (user: UserNames): User['serviceSpecificCredentials'] =>
    mapCollected(listed(user), (entries) =>
      entries.map(({ document, index }) => {
        const pointer = `/ServiceSpecificCredentials/${index}`;
        return {
          id: document.ServiceSpecificCredentialId,
          serviceName: document.ServiceName,
          status: document.Status,
          createDate: read.instant(document.CreateDate, `${pointer}/CreateDate`),
          expirationDate: read.instantOrNull(document.ExpirationDate, `${pointer}/ExpirationDate`),
        };
      }),
    );
};

/** SSH public keys, by user. */
export const readSshPublicKeys = (assembly: Assembly) => {
  const read = assembly.reader('ssh-public-keys.json');
  const listed = userDocuments(assembly, {
    source: 'ssh-public-keys',
    action: 'iam:ListSSHPublicKeys',
    documents: assembly.documents.sshPublicKeys?.SSHPublicKeys,
  });
  return (user: UserNames): User['sshPublicKeys'] =>
    mapCollected(listed(user), (entries) =>
      entries.map(({ document, index }) => ({
        id: document.SSHPublicKeyId,
        status: document.Status,
        uploadDate: read.instantOrNull(document.UploadDate, `/SSHPublicKeys/${index}/UploadDate`),
      })),
    );
};

/** Signing certificates, by user. */
export const readSigningCertificates = (assembly: Assembly) => {
  const read = assembly.reader('signing-certificates.json');
  const listed = userDocuments(assembly, {
    source: 'signing-certificates',
    action: 'iam:ListSigningCertificates',
    documents: assembly.documents.signingCertificates?.Certificates,
  });
  return (user: UserNames): User['signingCertificates'] =>
    mapCollected(listed(user), (entries) =>
      entries.map(({ document, index }) => ({
        id: document.CertificateId,
        status: document.Status,
        uploadDate: read.instantOrNull(document.UploadDate, `/Certificates/${index}/UploadDate`),
      })),
    );
};
