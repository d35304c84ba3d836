import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { createAuthorizer } from './authorizer.ts';
import { operations } from './operations.ts';
import { callBy, cloudOfFiles } from './testing/cloud-of-file.ts';

const authorize = createAuthorizer(await loadServiceReference());

const provider = 'arn:aws:iam::123456789012:saml-provider/idp';
const role = 'arn:aws:iam::123456789012:role/staff';

const cloud = (
  condition = '{ StringEquals: { "saml:aud": "https://signin.aws.amazon.com/saml" } }',
  action = 'sts:AssumeRoleWithSAML',
) =>
  cloudOfFiles(`
roles: [{ roleName: staff, roleId: AROA2345ABCDEFGHIJKLM, assumeRolePolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Federated: "${provider}" }, Action: "${action}", Condition: ${condition} } } }]
samlProviders: [{ name: idp, validUntil: in 1y }]
`);

const attribute = (name: string, ...values: string[]): string =>
  `<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`;

const response = ({
  role: roleValue = `${role},${provider}`,
  name = attribute('RoleSessionName', 'ann@example.com'),
  more = '',
  end = '2026-01-31T12:05:00Z',
  head = '',
  audience = 'https://signin.aws.amazon.com/saml',
  issued = '2026-01-31T11:59:00Z',
} = {}): string =>
  Buffer.from(
    `${head}<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><saml:Assertion IssueInstant="${issued}"><saml:Issuer>https://example.com/saml</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ann</saml:NameID><saml:SubjectConfirmation><saml:SubjectConfirmationData NotOnOrAfter="${end}" Recipient="https://signin.aws.amazon.com/saml"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AttributeStatement>${attribute('Role', roleValue)}${name}${more}</saml:AttributeStatement></saml:Assertion></samlp:Response>`,
  ).toString('base64');

const assume = (SAMLAssertion: string, where = cloud(), more: object = {}) => {
  const input = { RoleArn: role, PrincipalArn: provider, SAMLAssertion, ...more };
  const call = callBy({ kind: 'anonymous' });
  const allowed = authorize(where, 'sts:AssumeRoleWithSAML', input, call);
  return allowed.ok ? operations.get('sts:AssumeRoleWithSAML')?.run(where, input, call) : allowed;
};

const refusal = (...given: Parameters<typeof assume>): string => {
  const outcome = assume(...given);
  return outcome?.ok === false ? `${outcome.error.code}: ${outcome.error.message}` : 'allowed';
};

describe('AssumeRoleWithSAML', () => {
  it('gives a session to whom the provider vouches for', () => {
    expect(assume(response())).toMatchObject({
      ok: true,
      value: {
        answer: {
          Subject: 'ann',
          SubjectType: 'persistent',
          Issuer: 'https://example.com/saml',
          Audience: 'https://signin.aws.amazon.com/saml',
          // printf 'https://example.com/saml123456789012/idp' | openssl sha1 -binary | base64
          NameQualifier: 'eblak/5w0Pa7Gqb8HPnfM6jOFQY=',
          AssumedRoleUser: {
            Arn: 'arn:aws:sts::123456789012:assumed-role/staff/ann@example.com',
            AssumedRoleId: 'AROA2345ABCDEFGHIJKLM:ann@example.com',
          },
          Credentials: { Expiration: '2026-01-31T13:00:00Z' },
        },
      },
    });
  });

  it('lasts as long as the assertion says, and carries its tags', () => {
    const more =
      attribute('SessionDuration', '1800') +
      attribute('PrincipalTag:team', 'red') +
      attribute('TransitiveTagKeys', 'team');
    expect(refusal(response({ more }))).toBe('AccessDenied: Not authorized to perform sts:TagSession');
    expect(
      assume(response({ more }), cloud('{ StringEquals: { "aws:RequestTag/team": red } }', 'sts:*')),
    ).toMatchObject({
      value: { answer: { Credentials: { Expiration: '2026-01-31T12:30:00Z' } } },
    });
  });

  it.each<[string, string, string]>([
    ['what is no XML', 'AAAA', 'InvalidIdentityToken: Invalid base64 SAMLResponse'],
    ['what is no base64', '<a/>', 'InvalidIdentityToken: Invalid base64 SAMLResponse'],
    [
      'a document that declares entities',
      response({ head: '<!DOCTYPE a [<!ENTITY b "c">]>' }),
      'InvalidIdentityToken: Invalid base64 SAMLResponse',
    ],
    [
      'an assertion that has expired',
      response({ end: '2026-01-31T11:55:00Z' }),
      'ExpiredTokenException: Token must be redeemed within 5 minutes of issuance',
    ],
    [
      'an assertion that was issued too long ago',
      response({ issued: '2026-01-31T11:54:59Z' }),
      'ExpiredTokenException: Token must be redeemed within 5 minutes of issuance',
    ],
    [
      'an assertion for somebody else',
      response({ audience: 'https://app.example.com' }),
      'InvalidIdentityToken: Response does not contain the required audience.',
    ],
    [
      'an assertion for AWS in China',
      response({ audience: 'https://signin.amazonaws.cn/saml' }),
      'InvalidIdentityToken: Response does not contain the required audience.',
    ],
    [
      'an assertion for another role',
      response({ role: `arn:aws:iam::123456789012:role/else,${provider}` }),
      'AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML',
    ],
    [
      'an assertion without a session name',
      response({ name: '' }),
      'InvalidIdentityToken: RoleSessionName is required in AuthnResponse',
    ],
    [
      'a bad session name',
      response({ name: attribute('RoleSessionName', 'a b') }),
      'InvalidIdentityToken: RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}',
    ],
  ])('refuses %s', (_, text, error) => expect(refusal(text)).toBe(error));

  // Source: "Configure SAML assertions for the authentication response", IAM User Guide.
  it.each([
    'urn:amazon:webservices',
    'https://us-east-1.signin.aws.amazon.com/saml',
    'https://signin.aws.amazon.com/saml/acs/SAMLSP1234567890',
    'https://signin.aws.amazon.com/saml#2',
  ])('knows AWS by the audience %s', (audience) => expect(refusal(response({ audience }))).toBe('allowed'));

  it('asks the trust policy', () => {
    expect(refusal(response(), cloud('{ StringEquals: { "saml:sub": bob } }'))).toBe(
      'AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML',
    );
    expect(
      refusal(
        response(),
        cloud('{ StringEquals: { "saml:sub_type": persistent, "saml:iss": "https://example.com/saml" } }'),
      ),
    ).toBe('allowed');
  });

  it('knows its providers', () => {
    const PrincipalArn = 'arn:aws:iam::123456789012:saml-provider/none';
    expect(refusal(response(), cloud(), { PrincipalArn })).toBe(
      "InvalidIdentityToken: Specified provider doesn't exist",
    );
  });
});
