import { createHash } from 'node:crypto';
import { arnParts, friendlyName, parseArn } from '../iam/arn.ts';
import { ok, type Result } from '../kernel/result.ts';
import { epochMillis, type Instant, parseInstant } from '../kernel/time.ts';
import type { AccountState } from './account-state.ts';
import { type AwsError, awsError } from './aws-error.ts';
import type { SamlProviderState } from './federation-state.ts';
import { parseSamlMetadata } from './saml-metadata.ts';
import { signedParts } from './saml-signature.ts';
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
 * Reads the response of a SAML provider that an account trusts, and checks what it says: who signed it, for whom, until
 * when, for which role. Of a response that is signed nothing is read but what the signature vouches for. Who received it
 * (`Recipient`) is for the role's trust policy to say. Errors are AWS's.
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
  const trusted = trustedAssertion(response, provider);
  if (!trusted.ok) return trusted;
  const assertion = trusted.value;
  const late = problemOfTime(assertion, now);
  if (late !== null) return late;
  if (!textsOf(assertion, 'Audience').some((audience) => isAudience(state.partition, audience))) {
    return invalid('Response does not contain the required audience.');
  }
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

/** The assertion of a response, as its provider signed it; an imported provider without metadata is taken at its word. */
const trustedAssertion = (response: string, { metadata }: SamlProviderState): Result<XmlElement, AwsError> => {
  const document = /^[A-Za-z0-9+/=\s]+$/.test(response) ? Buffer.from(response, 'base64').toString('utf8') : '';
  const root = parseXml(document);
  const assertions = root === null ? [] : elementsNamed(root, 'Assertion');
  const [assertion] = assertions;
  if (assertion === undefined) return invalid('Invalid base64 SAMLResponse');
  const known = metadata === '' ? null : parseSamlMetadata(metadata);
  if (known === null) return ok(assertion);
  if (textIn(assertion, 'Issuer') !== known.entityId) return invalid('Issuer not present in specified provider');
  const [signed] = signedParts(document, known.certificates).flatMap(assertionIn);
  return signed === undefined || assertions.length > 1 ? invalid('Response signature invalid') : ok(signed);
};

/** The assertion that is, or is directly in, what was signed. */
const assertionIn = (part: string): XmlElement[] => {
  const root = parseXml(part);
  if (root?.name === 'Assertion') return [root];
  return root?.name === 'Response' ? root.children.filter(({ name }) => name === 'Assertion') : [];
};

const textsOf = (element: XmlElement, name: string): string[] =>
  elementsNamed(element, name).map(({ text }) => text.trim());

/** The identifier of AWS's sign-in, where it stands in the partition. */
const SIGN_IN: ReadonlyMap<string, { readonly urn: string; readonly domain: string }> = new Map([
  ['aws-cn', { urn: 'urn:amazon:webservices:cn-north-1', domain: 'amazonaws.cn' }],
  ['aws-us-gov', { urn: 'urn:amazon:webservices:govcloud', domain: 'amazonaws-us-gov.com' }],
]);

/**
 * Whether an audience is AWS: of whatever region, of one provider alone, and with the number that identity providers add
 * to tell apart several accounts. Source: "Configure SAML assertions for the authentication response", IAM User Guide.
 */
const isAudience = (partition: string, text: string): boolean => {
  const { urn, domain } = SIGN_IN.get(partition) ?? { urn: 'urn:amazon:webservices', domain: 'aws.amazon.com' };
  const [url = ''] = text.split('#');
  const end = `signin.${domain}/saml`;
  return url === urn || new RegExp(`^https://(?:[a-z0-9-]+\\.)?${end.replaceAll('.', '\\.')}(?:/acs/\\w+)?$`).test(url);
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
    return EXPIRED;
  }
  const issued = instantOf(assertion, 'IssueInstant');
  if (issued !== null && issued + SKEW_MS < moment) return EXPIRED;
  const begins = instantOf(conditions, 'NotBefore');
  return begins !== null && begins - SKEW_MS > moment ? invalid('The SAML assertion is not yet valid') : null;
};

const EXPIRED = awsError('ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance');

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
