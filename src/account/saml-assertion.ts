import { createHash } from 'node:crypto';
import { arnParts, friendlyName, parseArn } from '../iam/arn.ts';
import { ok, type Result } from '../kernel/result.ts';
import { epochMillis, type Instant, parseInstant } from '../kernel/time.ts';
import type { AccountState } from './account-state.ts';
import { type AwsError, awsError } from './aws-error.ts';
import type { SamlProviderState } from './federation-state.ts';
import { parseSamlMetadata } from './saml-metadata.ts';
import type { FederatedIdentity } from './web-identity.ts';
import { elementsNamed, parseXml, type XmlElement } from './xml-element.ts';

/** Whom an assertion speaks of, and what it says of the session. */
export interface SamlIdentity extends FederatedIdentity {
  readonly issuer: string;
  /** `persistent`, `transient`, or the format of the name as it stands. */
  readonly subjectType: string;
  readonly nameQualifier: string;
  readonly sessionName: string;
  /** How long the session may last, in seconds; null: the assertion does not say. */
  readonly sessionDuration: number | null;
}

const ATTRIBUTES = 'https://aws.amazon.com/SAML/Attributes/';

/**
 * Reads the response of a SAML provider that an account trusts, and checks what it says: who issued it, for whom, until
 * when, for which role. Its signature must be there and name a certificate of the provider's metadata; the signature's
 * value is NOT verified, which would take XML canonicalization. Errors are AWS's.
 * Source: "Configure SAML assertions for the authentication response" and "Troubleshoot SAML federation", IAM User Guide.
 */
export const readSamlAssertion = (
  state: AccountState,
  {
    roleArn,
    providerArn,
    response,
  }: { readonly roleArn: string; readonly providerArn: string; readonly response: string },
  now: Instant,
): Result<SamlIdentity, AwsError> => {
  const provider = state.samlProviders.get(providerArn);
  if (provider === undefined) return invalid("Specified provider doesn't exist");
  const root = /^[A-Za-z0-9+/=\s]+$/.test(response) ? parseXml(Buffer.from(response, 'base64').toString('utf8')) : null;
  const assertion = root === null ? undefined : elementsNamed(root, 'Assertion')[0];
  if (root === null || assertion === undefined) return invalid('Invalid base64 SAMLResponse');
  const untrusted = problemOfTrust(root, assertion, provider);
  if (untrusted !== null) return invalid(untrusted);
  const late = problemOfTime(assertion, now);
  if (late !== null) return late;
  if (!pairsOf(assertion).some((pair) => pair.includes(roleArn) && pair.includes(providerArn))) {
    return awsError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML');
  }
  const sessionName = attribute(assertion, `${ATTRIBUTES}RoleSessionName`)[0];
  if (sessionName === undefined) return invalid('RoleSessionName is required in AuthnResponse');
  if (!SESSION_NAME.test(sessionName)) {
    return invalid('RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}');
  }
  const sourceIdentity = attribute(assertion, `${ATTRIBUTES}SourceIdentity`)[0] ?? null;
  if (sourceIdentity !== null && (!SESSION_NAME.test(sourceIdentity) || /^aws:/i.test(sourceIdentity))) {
    return invalid('Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"');
  }
  return ok(identityIn(assertion, state, provider, { sessionName, sourceIdentity }));
};

const SESSION_NAME = /^[a-zA-Z_0-9+=,.@-]{2,64}$/;

const invalid = (message: string): Result<never, AwsError> => awsError('InvalidIdentityToken', message);

const textIn = (element: XmlElement, name: string): string => elementsNamed(element, name)[0]?.text.trim() ?? '';

/** The values of an attribute of the assertion. */
const attribute = (assertion: XmlElement, name: string): string[] =>
  elementsNamed(assertion, 'Attribute')
    .filter(({ attributes }) => attributes.get('Name') === name)
    .flatMap((each) => elementsNamed(each, 'AttributeValue').map(({ text }) => text.trim()));

/** The roles that the assertion is for, each with the provider that vouches: a pair of ARNs in either order. */
const pairsOf = (assertion: XmlElement): string[][] =>
  attribute(assertion, `${ATTRIBUTES}Role`).map((value) => value.split(',').map((arn) => arn.trim()));

/** An imported provider without metadata is taken at its word. */
const problemOfTrust = (root: XmlElement, assertion: XmlElement, { metadata }: SamlProviderState): string | null => {
  const known = metadata === '' ? null : parseSamlMetadata(metadata);
  if (known === null) return null;
  if (textIn(assertion, 'Issuer') !== known.entityId) return 'Issuer not present in specified provider';
  const [signature] = elementsNamed(root, 'Signature');
  const certificate = signature === undefined ? '' : textIn(signature, 'X509Certificate').replace(/\s/g, '');
  return known.certificates.some(({ raw }) => raw.toString('base64') === certificate)
    ? null
    : 'Response signature invalid';
};

/** Clocks may differ by five minutes. */
const SKEW_MS = 5 * 60 * 1000;

const problemOfTime = (assertion: XmlElement, now: Instant): Result<never, AwsError> | null => {
  const moment = epochMillis(now);
  const [conditions] = elementsNamed(assertion, 'Conditions');
  const [confirmation] = elementsNamed(assertion, 'SubjectConfirmationData');
  const ends = [conditions, confirmation]
    .map((element) => instantOf(element, 'NotOnOrAfter'))
    .filter((end) => end !== null);
  if (ends.some((end) => end + SKEW_MS <= moment)) {
    return awsError('ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance');
  }
  const begins = instantOf(conditions, 'NotBefore');
  return begins !== null && begins - SKEW_MS > moment ? invalid('The SAML assertion is not yet valid') : null;
};

const instantOf = (element: XmlElement | undefined, name: string): number | null => {
  const instant = parseInstant(element?.attributes.get(name) ?? '');
  return instant.ok ? epochMillis(instant.value) : null;
};

const TAG = `${ATTRIBUTES}PrincipalTag:`;

const identityIn = (
  assertion: XmlElement,
  { accountId }: AccountState,
  { arn }: SamlProviderState,
  session: Pick<SamlIdentity, 'sessionName' | 'sourceIdentity'>,
): SamlIdentity => {
  const [nameId] = elementsNamed(assertion, 'NameID');
  const subject = nameId?.text.trim() ?? '';
  const format = nameId?.attributes.get('Format') ?? '';
  const subjectType = format.replace(/^urn:oasis:names:tc:SAML:2\.0:nameid-format:(?=persistent$|transient$)/, '');
  const issuer = textIn(assertion, 'Issuer');
  const audience = elementsNamed(assertion, 'SubjectConfirmationData')[0]?.attributes.get('Recipient') ?? '';
  const provider = friendlyName(arn);
  const nameQualifier = createHash('sha1').update(`${issuer}${accountId}/${provider}`).digest('base64');
  const duration = attribute(assertion, `${ATTRIBUTES}SessionDuration`)[0];
  const tags = elementsNamed(assertion, 'Attribute').flatMap(({ attributes }) => {
    const name = attributes.get('Name') ?? '';
    return name.startsWith(TAG) ? [[name.slice(TAG.length), attribute(assertion, name)[0] ?? ''] as const] : [];
  });
  return {
    provider: arn,
    subject,
    subjectType,
    issuer,
    audience,
    nameQualifier,
    ...session,
    sessionDuration: duration !== undefined && /^\d{1,6}$/.test(duration) ? Number(duration) : null,
    tags: Object.fromEntries(tags),
    transitiveTagKeys: attribute(assertion, `${ATTRIBUTES}TransitiveTagKeys`),
    context: {
      'saml:aud': [audience],
      'saml:doc': [`${accountId}/${provider}`],
      'saml:iss': [issuer],
      'saml:namequalifier': [nameQualifier],
      'saml:sub': [subject],
      'saml:sub_type': [subjectType],
    },
  };
};

/** Whether text is the ARN of a SAML provider. */
export const isSamlProviderArn = (text: string): boolean => {
  const arn = parseArn(text);
  return arn.ok && arnParts(arn.value).resource.startsWith('saml-provider/');
};
