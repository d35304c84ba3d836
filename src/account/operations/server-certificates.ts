import { z } from 'zod';
import { iamArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { type Instant, toInstant } from '../../kernel/time.ts';
import { type AccountState, nameKey } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { brokenLink, parseCertificates, parsePrivateKey } from '../certificate-pem.ts';
import type { ServerCertificateState } from '../federation-state.ts';
import { operation, readOperation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { newUniqueId } from '../unique-id.ts';
import { found } from './account-entities.ts';
import { entityName, entityPath, paging, pathPrefix } from './input.ts';
import { pageUnderPath } from './page.ts';
import { tagOperations } from './tag-operations.ts';
import { MINDING_CASE, tagsInput, withTags } from './tags.ts';
import { serverCertificateView, tagList } from './views.ts';

const pem = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .regex(/^[\t\n\r -ÿ]+$/, 'It must contain only printable ASCII characters.');

const findCertificate = (state: AccountState, name: string): Result<ServerCertificateState, AwsError> =>
  found(state.serverCertificates.get(nameKey(name)), `The Server Certificate with name ${name} cannot be found.`);

const withCertificate = (state: AccountState, certificate: ServerCertificateState): AccountState => ({
  ...state,
  serverCertificates: state.serverCertificates.set(nameKey(certificate.serverCertificateName), certificate),
});

const arnOf = ({ partition, accountId }: AccountState, path: string, name: string) =>
  iamArn(partition, accountId, `server-certificate${path}${name}`);

/** `iam:UploadServerCertificate`. */
const uploadServerCertificate = operation(
  'iam:UploadServerCertificate',
  z.object({
    ServerCertificateName: entityName,
    Path: entityPath.default('/'),
    CertificateBody: pem(16_384),
    PrivateKey: pem(16_384),
    CertificateChain: pem(2_097_152).optional(),
    Tags: tagsInput.default([]),
  }),
  (state, input, { now, random }) => {
    const expiration = checkedCertificate(input.CertificateBody, input.PrivateKey, input.CertificateChain, now);
    if (!expiration.ok) return expiration;
    const tags = withTags(new Map(), input.Tags, MINDING_CASE);
    if (!tags.ok) return tags;
    const free = checkNameFree(state, input.ServerCertificateName);
    if (!free.ok) return free;
    const quota = checkQuota(state, 'ServerCertificatesPerAccount', state.serverCertificates.size + 1);
    if (!quota.ok) return quota;
    const certificate: ServerCertificateState = {
      serverCertificateName: input.ServerCertificateName,
      serverCertificateId: newUniqueId('ASCA', random),
      arn: arnOf(state, input.Path, input.ServerCertificateName),
      path: input.Path,
      uploadDate: now,
      expiration: expiration.value,
      body: input.CertificateBody,
      chain: input.CertificateChain ?? null,
      tags: tags.value,
    };
    const Tags = tags.value.size === 0 ? undefined : tagList(tags.value);
    return ok({
      state: withCertificate(state, certificate),
      answer: { ServerCertificateMetadata: serverCertificateView(certificate), Tags },
    });
  },
);

const malformed = (message: string) => awsError('MalformedCertificate', message);

/** When a certificate ends that is whole, still valid, and belongs to its key and to the chain that is given. */
const checkedCertificate = (
  body: string,
  key: string,
  chain: string | undefined,
  now: Instant,
): Result<Instant, AwsError> => {
  const [certificate, ...others] = parseCertificates(body) ?? [];
  if (certificate === undefined || others.length > 0) {
    return malformed('Unable to parse certificate. Please ensure the certificate is in PEM format.');
  }
  const privateKey = parsePrivateKey(key);
  if (privateKey === null) return malformed('Invalid Private Key.');
  if (!certificate.checkPrivateKey(privateKey)) {
    return awsError('KeyPairMismatch', 'The public key certificate and the private key do not match.');
  }
  const expiration = toInstant(certificate.validToDate.getTime());
  if (expiration <= now) return malformed('The certificate has expired.');
  if (chain !== undefined) {
    const issuers = parseCertificates(chain);
    const broken = issuers === null ? 0 : brokenLink([certificate, ...issuers]);
    // AWS counts from the chain's first certificate: -1 is the body, whose issuer does not stand there.
    if (broken !== null)
      return malformed(`${BROKEN_CHAIN} The index within the chain of the invalid certificate is: ${broken - 1}`);
  }
  return ok(expiration);
};

const BROKEN_CHAIN =
  'Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order.';

const checkNameFree = ({ serverCertificates }: AccountState, name: string): Result<null, AwsError> =>
  serverCertificates.has(nameKey(name))
    ? awsError('EntityAlreadyExists', `The Server Certificate with name ${name} already exists.`)
    : ok(null);

/** `iam:UpdateServerCertificate`: name and path. */
const updateServerCertificate = operation(
  'iam:UpdateServerCertificate',
  z.object({
    ServerCertificateName: entityName,
    NewPath: entityPath.optional(),
    NewServerCertificateName: entityName.optional(),
  }),
  (state, input) => {
    const certificate = findCertificate(state, input.ServerCertificateName);
    if (!certificate.ok) return certificate;
    const { serverCertificateName: before, path } = certificate.value;
    const name = input.NewServerCertificateName ?? before;
    const free = nameKey(name) === nameKey(before) ? ok(null) : checkNameFree(state, name);
    if (!free.ok) return free;
    const newPath = input.NewPath ?? path;
    const without = { ...state, serverCertificates: state.serverCertificates.delete(nameKey(before)) };
    const renamed = {
      ...certificate.value,
      serverCertificateName: name,
      path: newPath,
      arn: arnOf(state, newPath, name),
    };
    return ok({ state: withCertificate(without, renamed), answer: {} });
  },
);

const ofCertificate = z.object({ ServerCertificateName: entityName });

/** `iam:DeleteServerCertificate`. */
const deleteServerCertificate = operation('iam:DeleteServerCertificate', ofCertificate, (state, input) => {
  const certificate = findCertificate(state, input.ServerCertificateName);
  if (!certificate.ok) return certificate;
  const serverCertificates = state.serverCertificates.delete(nameKey(input.ServerCertificateName));
  return ok({ state: { ...state, serverCertificates }, answer: {} });
});

/** `iam:GetServerCertificate`; the private key never. */
const getServerCertificate = readOperation('iam:GetServerCertificate', ofCertificate, (state, input) => {
  const certificate = findCertificate(state, input.ServerCertificateName);
  if (!certificate.ok) return certificate;
  const { body, chain, tags } = certificate.value;
  return ok({
    ServerCertificate: {
      ServerCertificateMetadata: serverCertificateView(certificate.value),
      CertificateBody: body,
      CertificateChain: chain,
      Tags: tagList(tags),
    },
  });
});

/** `iam:ListServerCertificates`. */
const listServerCertificates = readOperation(
  'iam:ListServerCertificates',
  z.object({ PathPrefix: pathPrefix, ...paging }),
  (state, input) => {
    const certificates = pageUnderPath('ListServerCertificates', input, state.serverCertificates);
    if (!certificates.ok) return certificates;
    const { items, more } = certificates.value;
    return ok({ ServerCertificateMetadataList: items.map(serverCertificateView), ...more });
  },
);

/** The operations on server certificates. */
export const serverCertificateOperations = [
  uploadServerCertificate,
  updateServerCertificate,
  deleteServerCertificate,
  getServerCertificate,
  listServerCertificates,
  ...tagOperations({
    noun: 'ServerCertificate',
    name: ofCertificate,
    find: (state, input) => findCertificate(state, input.ServerCertificateName),
    save: withCertificate,
  }),
];
