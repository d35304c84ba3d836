import { iamArn } from '../../../iam/arn.ts';
import { daysBetween } from '../../../kernel/time.ts';
import { defineCheck } from '../../define-check.ts';

/** The metadata of a SAML provider has expired. */
export const identityProviderMetadataExpired = defineCheck({
  id: 'identity-provider-metadata-expired',
  title: 'Metadata of a SAML identity provider has expired',
  category: 'account',
  severity: 'medium',
  resourceType: 'IdentityProvider',
  reads: ['identityProviders'],
  doc: {
    what: 'Whether the validity of the metadata of a SAML provider has ended (`ValidUntil`).',
    risk: 'Nobody looks after the provider: sign-in by way of it fails or rests on keys that its owner has given up.',
    remediation: [
      'Upload the current metadata of the identity provider (`aws iam update-saml-provider`).',
      'Delete the provider where no role trusts it any more.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html'],
  },
  frameworks: [],
  defaults: {},

  *run({ partition, accountId, identityProviders }, { now }) {
    if (!identityProviders.known) {
      const subject = { arn: iamArn(partition, accountId, 'root') };
      yield { subject, outcome: 'unknown', gap: identityProviders.gap };
      return;
    }
    for (const { arn, kind, validUntil } of identityProviders.value) {
      if (kind !== 'saml' || validUntil === null) continue;
      yield {
        subject: { arn },
        outcome: validUntil <= now ? 'fail' : 'pass',
        evidence: { validUntil, expiredDays: daysBetween(validUntil, now) },
      };
    }
  },

  summary: ({ expiredDays }, { name }) => `The metadata of SAML provider ${name} expired ${expiredDays} days ago.`,
});
