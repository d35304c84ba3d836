import { role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { roleTrustsSamlWithoutAudience } from './role-trusts-saml-without-audience.ts';

const PROVIDER = 'arn:aws:iam::123456789012:saml-provider/ExampleCorp';
const saml = (condition: object, path = '/') =>
  snapshot({
    roles: [
      role('staff', {
        path,
        trustPolicy: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Federated: PROVIDER },
            Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
            Condition: condition,
          },
        },
      }),
    ],
  });

describeCheck(roleTrustsSamlWithoutAudience, '2026-01-01T00:00:00Z', {
  fail: [
    ['no audience', saml({}), { provider: PROVIDER }],
    ['any audience', saml({ StringLike: { 'SAML:aud': '*' } })],
    ['only who issued it', saml({ StringEquals: { 'SAML:iss': 'https://idp.example.com' } })],
  ],
  pass: [
    ['the sign-in page', saml({ StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } })],
    ['sign-in pages of Regions', saml({ StringLike: { 'SAML:aud': 'https://*.signin.aws.amazon.com/saml' } })],
    ['the role of a permission set', saml({}, '/aws-reserved/sso.amazonaws.com/')],
  ],
  unknown: [['a trust policy that cannot be read', snapshot({ roles: [role('staff', { trustPolicy: '[' })] })]],
});
