import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { type Instant, toInstant } from '../../kernel/time.ts';
import type { AccountState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { base32 } from '../base32.ts';
import type { Random } from '../call.ts';
import { parseCertificates } from '../certificate-pem.ts';
import type { UploadedState } from '../credential-state.ts';
import { operation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { signingCertificateView } from './credential-views.ts';
import { changeParts, type HolderParts, holderOf, ownerName, partsOf, withParts } from './holders.ts';
import { credentialStatus, latinText, userName } from './input.ts';

/** An id of 32 capital letters and digits, as AWS makes them. */
const newCertificateId = (random: Random): string => base32(random(20));

/** The fingerprint of a certificate that is whole and still valid. */
const fingerprintOf = (body: string, now: Instant): Result<string, AwsError> => {
  const [certificate, ...others] = parseCertificates(body) ?? [];
  if (certificate === undefined || others.length > 0) {
    return awsError('MalformedCertificate', `Certificate ${body} is malformed.`);
  }
  return toInstant(Date.parse(certificate.validTo)) <= now
    ? awsError('MalformedCertificate', 'The certificate has expired.')
    : ok(certificate.fingerprint256);
};

/** `iam:UploadSigningCertificate`. */
const uploadSigningCertificate = operation(
  'iam:UploadSigningCertificate',
  z.object({ UserName: userName.optional(), CertificateBody: latinText(16_384) }),
  (state, { UserName, CertificateBody }, call) => {
    const holder = holderOf(state, UserName, call);
    if (!holder.ok) return holder;
    const fingerprint = fingerprintOf(CertificateBody, call.now);
    if (!fingerprint.ok) return fingerprint;
    if (isKnown(state, fingerprint.value)) {
      return awsError('DuplicateCertificate', 'The same certificate is associated with an IAM user in the account.');
    }
    const { signingCertificates } = partsOf(state, holder.value);
    const allowed = checkQuota(state, 'SigningCertificatesPerUser', signingCertificates.length + 1);
    if (!allowed.ok) return allowed;
    const certificate: UploadedState = {
      id: newCertificateId(call.random),
      status: 'Active',
      uploadDate: call.now,
      body: CertificateBody,
      fingerprint: fingerprint.value,
    };
    return ok({
      state: withParts(state, holder.value, { signingCertificates: [...signingCertificates, certificate] }),
      answer: { Certificate: { UserName: ownerName(holder.value), ...signingCertificateView(certificate) } },
    });
  },
);

const isKnown = ({ root, indexes }: AccountState, fingerprint: string): boolean =>
  indexes.certificateOwners.has(fingerprint) ||
  root.signingCertificates.some((certificate) => certificate.fingerprint === fingerprint);

const oneCertificate = z.object({
  UserName: userName.optional(),
  CertificateId: z
    .string()
    .min(24)
    .max(128)
    .regex(/^[\w]+$/),
});

/** What becomes of a holder's certificates when one of them, which is to be there, is changed. */
const changed = (
  { signingCertificates }: HolderParts,
  certificateId: string,
  change: (certificate: UploadedState) => readonly UploadedState[],
): Result<Partial<HolderParts>, AwsError> =>
  signingCertificates.some(({ id }) => id === certificateId)
    ? ok({
        signingCertificates: signingCertificates.flatMap((each) => (each.id === certificateId ? change(each) : each)),
      })
    : awsError('NoSuchEntity', `The Certificate with id ${certificateId} cannot be found.`);

/** `iam:UpdateSigningCertificate`. */
const updateSigningCertificate = operation(
  'iam:UpdateSigningCertificate',
  oneCertificate.extend({ Status: credentialStatus }),
  (state, { UserName, CertificateId, Status }, call) =>
    changeParts({ state, call, name: UserName }, (parts) =>
      changed(parts, CertificateId, (certificate) => [{ ...certificate, status: Status }]),
    ),
);

/** `iam:DeleteSigningCertificate`. */
const deleteSigningCertificate = operation(
  'iam:DeleteSigningCertificate',
  oneCertificate,
  (state, { UserName, CertificateId }, call) =>
    changeParts({ state, call, name: UserName }, (parts) => changed(parts, CertificateId, () => [])),
);

/** The operations on single signing certificates. */
export const signingCertificateOperations = [
  uploadSigningCertificate,
  updateSigningCertificate,
  deleteSigningCertificate,
];
