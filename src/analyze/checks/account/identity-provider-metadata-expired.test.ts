import { arn, at, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { identityProviderMetadataExpired } from './identity-provider-metadata-expired.ts';

const provider = (kind: 'saml' | 'oidc', validUntil: string | null) =>
  snapshot({
    identityProviders: [
      {
        arn: arn(`arn:aws:iam::123456789012:${kind}-provider/corporate`),
        kind,
        createDate: at('2020-01-01T00:00:00Z'),
        validUntil: validUntil === null ? null : at(validUntil),
        url: null,
        clientIds: [],
      },
    ],
  });

describeCheck(identityProviderMetadataExpired, '2026-01-01T00:00:00Z', {
  fail: [['it ended a day ago', provider('saml', '2025-12-31T00:00:00Z'), { expiredDays: 1 }]],
  pass: [
    ['it ends tomorrow', provider('saml', '2026-01-02T00:00:00Z')],
    ['AWS does not tell when it ends', provider('saml', null)],
    ['an OIDC provider, which has no metadata', provider('oidc', null)],
  ],
  unknown: [['ListSAMLProviders was denied', snapshot({ identityProviders: denied('iam:ListSAMLProviders') })]],
});
