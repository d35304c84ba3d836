import { z } from 'zod';
import { ENTITY_AGE, idWithPrefix, type Moment, name, path, tags } from './values.ts';

/** A TLS server certificate of the account file. */
export const serverCertificateSchema = (time: Moment) =>
  z.strictObject({
    serverCertificateName: name(128),
    serverCertificateId: idWithPrefix('ASCA'),
    path,
    uploadDate: time,
    expiration: time,
    tags,
  });

/** A SAML provider of the account file. */
export const samlProviderSchema = (time: Moment) =>
  z.strictObject({ name: name(128), createDate: time.prefault(ENTITY_AGE), validUntil: time, tags });

/** An OIDC provider of the account file. */
export const oidcProviderSchema = (time: Moment) =>
  z.strictObject({
    url: z.string().regex(/^https:\/\/\S+$/, 'the url of an OIDC provider begins with `https://`'),
    clientIds: z.array(z.string().min(1).max(255)).max(100).default([]),
    thumbprints: z
      .array(z.string().regex(/^[0-9A-Fa-f]{40}$/, 'a thumbprint has 40 hexadecimal digits'))
      .max(5)
      .default([]),
    keys: z.array(z.record(z.string(), z.json())).optional(),
    createDate: time.prefault(ENTITY_AGE),
    tags,
  });
