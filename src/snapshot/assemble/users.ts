import type { CredentialReportRow, Password, User, VirtualMfaDevice } from '../account-snapshot.ts';
import { type Collected, type CollectionGap, mapCollected, missing } from '../collected.ts';
import { booleanCell, timeCell } from '../credential-report-cells.ts';
import type { UserDetailDocument } from '../snapshot-documents.ts';
import { readAccessKeys } from './access-keys.ts';
import { type Assembly, readAttachedPolicies, readInlinePolicies, readTags } from './assembly.ts';
import { readMfa } from './mfa.ts';
import { readServiceSpecificCredentials, readSigningCertificates, readSshPublicKeys } from './uploaded-credentials.ts';

/** A user's own reader: the document, and its JSON pointer. */
export const readUsers = (
  assembly: Assembly,
  virtualDevices: Collected<readonly VirtualMfaDevice[]>,
): ((document: UserDetailDocument, pointer: string) => User) => {
  const read = assembly.reader('authorization-details.json');
  const accessKeys = readAccessKeys(assembly);
  const mfa = readMfa(assembly, virtualDevices);
  const serviceSpecificCredentials = readServiceSpecificCredentials(assembly);
  const sshPublicKeys = readSshPublicKeys(assembly);
  const signingCertificates = readSigningCertificates(assembly);
  return (document, pointer) => {
    const { UserName: userName, PermissionsBoundary: boundary } = document;
    const names = { arn: read.arn(document.Arn, `${pointer}/Arn`), userName };
    const createDate = read.instant(document.CreateDate, `${pointer}/CreateDate`);
    const row = assembly.report.rowOf({ arn: names.arn, createDate });
    return {
      ...names,
      userId: document.UserId,
      path: document.Path,
      createDate,
      tags: readTags(document.Tags),
      groups: document.GroupList ?? [],
      inlinePolicies: readInlinePolicies(document.UserPolicyList, assembly.intern),
      attachedManagedPolicies: readAttachedPolicies(document.AttachedManagedPolicies, read, pointer),
      permissionsBoundary: boundary
        ? read.arn(boundary.PermissionsBoundaryArn, `${pointer}/PermissionsBoundary/PermissionsBoundaryArn`)
        : null,
      password: passwordOf(row, names.arn, assembly),
      mfa: mfa(names, row),
      accessKeys: accessKeys(names, row),
      serviceSpecificCredentials: serviceSpecificCredentials(names),
      sshPublicKeys: sshPublicKeys(names),
      signingCertificates: signingCertificates(names),
    };
  };
};

const passwordOf = (row: Collected<CredentialReportRow>, arn: string, { gaps }: Assembly): Collected<Password> => {
  if (!row.known) return row;
  const enabled = booleanCell(row.value.password_enabled);
  if (enabled === null) {
    const gap: CollectionGap = {
      source: 'credential-report',
      action: 'iam:GetCredentialReport',
      reason: 'failed',
      detail: `the credential report does not tell whether ${arn} has a password`,
      subject: arn,
    };
    return missing(gaps.add(gap));
  }
  return mapCollected(row, (cells) => ({
    enabled,
    lastUsed: timeCell(cells.password_last_used),
    lastChanged: timeCell(cells.password_last_changed),
    nextRotation: timeCell(cells.password_next_rotation),
  }));
};
