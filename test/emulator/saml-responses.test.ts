import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { CreateSAMLProviderCommand } from '@aws-sdk/client-iam';
import { AssumeRoleWithSAMLCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { SignedXml } from 'xml-crypto';
import { CERTIFICATE, CERTIFICATE_KEY, samlMetadata } from './example-certificates.ts';
import { runningAccount } from './running-account.ts';

const PrincipalArn = 'arn:aws:iam::123456789012:saml-provider/idp';
const RoleArn = 'arn:aws:iam::123456789012:role/staff';
const ADMIN = 'arn:aws:iam::123456789012:role/admin';

const trusting = (roleName: string): string =>
  `{ roleName: ${roleName}, assumeRolePolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Federated: "${PrincipalArn}" }, Action: "sts:AssumeRoleWithSAML", Condition: { StringEquals: { "saml:aud": "https://signin.aws.amazon.com/saml" } } } } }`;
const account = `roles: [${trusting('staff')}, ${trusting('admin')}]`;

/** An account that trusts the provider, and what it says of a response. */
const provider = async () => {
  const { iam, sts } = await runningAccount(account);
  await iam.send(new CreateSAMLProviderCommand({ Name: 'idp', SAMLMetadataDocument: samlMetadata('', CERTIFICATE) }));
  const assume = (xml: string, role = RoleArn) => {
    const SAMLAssertion = Buffer.from(xml).toString('base64');
    return sts.send(new AssumeRoleWithSAMLCommand({ RoleArn: role, PrincipalArn, SAMLAssertion }));
  };
  return { assume };
};

const ATTRIBUTES = 'https://aws.amazon.com/SAML/Attributes';

const attributes = (role: string): string =>
  `<saml:AttributeStatement><saml:Attribute Name="${ATTRIBUTES}/Role"><saml:AttributeValue>${role},${PrincipalArn}</saml:AttributeValue></saml:Attribute><saml:Attribute Name="${ATTRIBUTES}/RoleSessionName"><saml:AttributeValue>ann</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>`;

const assertion = ({ role = RoleArn, id = 'a1', name = 'ann' } = {}): string =>
  `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" IssueInstant="2026-01-31T11:59:00Z" Version="2.0"><saml:Issuer>${ISSUER}</saml:Issuer><saml:Subject><saml:NameID>${name}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="2026-01-31T12:04:00Z" Recipient="https://signin.aws.amazon.com/saml"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions><saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction></saml:Conditions>${attributes(role)}</saml:Assertion>`;

const ISSUER = /entityID="([^"]+)"/.exec(samlMetadata())?.[1] ?? '';

const response = (content: string): string =>
  `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="r1"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${content}</samlp:Response>`;

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/** The document with an element signed, the signature in it. */
const signed = (
  xml: string,
  element: 'Assertion' | 'Response' = 'Assertion',
  { key = CERTIFICATE_KEY, algorithm = RSA_SHA256, prefix = '' } = {},
): string => {
  const signer = new SignedXml({
    privateKey: key,
    publicCert: CERTIFICATE,
    signatureAlgorithm: algorithm,
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  if (algorithm.includes('hmac')) signer.enableHMAC();
  signer.addReference({
    xpath: `//*[local-name(.)='${element}']`,
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXCLUSIVE],
  });
  signer.computeSignature(xml, {
    prefix,
    location: { reference: `//*[local-name(.)='${element}']`, action: 'append' },
  });
  return signer.getSignedXml();
};

const INVALID = { name: 'InvalidIdentityTokenException', message: 'Response signature invalid' };

describe('the response of a SAML provider', () => {
  it.each(['Assertion', 'Response'] as const)('is taken when its %s is signed', async (element) => {
    const { assume } = await provider();
    expect(await assume(signed(response(assertion()), element))).toMatchObject({
      Subject: 'ann',
      Issuer: ISSUER,
      AssumedRoleUser: { Arn: 'arn:aws:sts::123456789012:assumed-role/staff/ann' },
    });
  });

  it('is taken when both are signed', async () => {
    const { assume } = await provider();
    const both = signed(signed(response(assertion())), 'Response', { prefix: 'ds' });
    expect(await assume(both)).toMatchObject({ Subject: 'ann' });
  });

  it('is refused when nothing is signed, or something was changed after', async () => {
    const { assume } = await provider();
    await expect(assume(response(assertion()))).rejects.toMatchObject(INVALID);
    const changed = signed(response(assertion())).replaceAll(RoleArn, ADMIN);
    await expect(assume(changed, ADMIN)).rejects.toMatchObject(INVALID);
  });

  it('is refused when another key signed it, whatever certificate it names', async () => {
    const { assume } = await provider();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await expect(assume(signed(response(assertion()), 'Assertion', { key }))).rejects.toMatchObject(INVALID);
  });

  it('is refused when what everybody knows of the provider is its secret', async () => {
    const { assume } = await provider();
    const key = createPublicKey(CERTIFICATE).export({ type: 'spki', format: 'pem' }).toString();
    const algorithm = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1';
    await expect(assume(signed(response(assertion()), 'Assertion', { key, algorithm }))).rejects.toMatchObject(INVALID);
  });

  const good = /<saml:Assertion.*<\/saml:Assertion>/s.exec(signed(response(assertion())))?.[0] ?? '';
  const evil = (id: string, more = '') =>
    assertion({ role: ADMIN, id }).replace('</saml:Assertion>', `${more}</saml:Assertion>`);
  // The eight wrappings of "On Breaking SAML: Be Whoever You Want to Be", USENIX Security 2012, as far as they differ here.
  it.each([
    ['beside another', response(evil('evil') + good)],
    ['behind another', response(good + evil('evil'))],
    ['in another', response(evil('evil', good))],
    ['in an object of another’s signature', response(evil('evil', `<Object>${good}</Object>`))],
    ['in the extensions', response(`<samlp:Extensions>${good}</samlp:Extensions>${evil('evil')}`)],
    ['under the same id', response(evil('a1') + good)],
    ['with its signature moved to another', response(`${evil('evil', signatureOf(good))}${withoutSignature(good)}`)],
  ])('is refused when an assertion that is signed stands %s', async (_, xml) => {
    const { assume } = await provider();
    await expect(assume(xml, ADMIN)).rejects.toMatchObject(INVALID);
  });

  it('is read where it is signed alone', async () => {
    const { assume } = await provider();
    const beside = response(attributes(ADMIN) + good);
    await expect(assume(beside, ADMIN)).rejects.toMatchObject({ Code: 'AccessDenied' });
    expect(await assume(beside)).toMatchObject({ Subject: 'ann' });
  });

  it('is not cut short by a comment', async () => {
    const { assume } = await provider();
    const commented = signed(response(assertion({ name: 'root@example.com.evil' }))).replace(
      'root@example.com.evil',
      'root@example.com<!-- -->.evil',
    );
    expect(await assume(commented)).toMatchObject({ Subject: 'root@example.com.evil' });
  });

  // Each transform takes the library milliseconds.
  it.each([
    ['transforms', /<Transform [^>]*exc-c14n#"\/>/, 900],
    ['references', /<Reference .*<\/Reference>/, 150],
    ['signatures', /<Signature .*<\/Signature>/, 20],
  ])('is refused at once when it is full of %s', async (_, part, times) => {
    const { assume } = await provider();
    const full = signed(response(assertion())).replace(part, (text) => text.repeat(times));
    await expect(assume(full)).rejects.toMatchObject(INVALID);
  });

  it('is not repeated when it is too long', async () => {
    const { assume } = await provider();
    await expect(assume('x'.repeat(100_000))).rejects.toMatchObject({
      message:
        "1 validation error detected: Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length less than or equal to 100000",
    });
  });

  it('is refused when another provider issued it', async () => {
    const { assume } = await provider();
    const foreign = assertion().replace(ISSUER, 'https://evil.example.com');
    await expect(assume(signed(response(foreign)))).rejects.toMatchObject({
      message: 'Issuer not present in specified provider',
    });
  });
});

function signatureOf(xml: string): string {
  return /<Signature.*<\/Signature>/s.exec(xml)?.[0] ?? '';
}

function withoutSignature(xml: string): string {
  return xml.replace(signatureOf(xml), '');
}
