import { organizationLevels } from '../../access/organization-levels.ts';
import { createOutsideAccess, type OutsideRequest } from '../../access/outside-access.ts';
import type { Outsider } from '../../access/outsider.ts';
import { anyOf, FALSE, type Formula, TRUE } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import type { Instant } from '../../kernel/time.ts';
import { createPolicyCompiler } from '../../policy/compile-policy.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Role } from '../../snapshot/account-snapshot.ts';
import { isChosenByCaller, valuesOf, withoutChosen } from '../exposure/stranger.ts';
import { sharedIssuers } from './shared-issuers.ts';
import { type WebIdentityIssuer, webIdentityIssuers } from './web-identity-issuers.ts';

/** Whom of an identity provider a role lets in. */
export type FederatedTrust =
  | {
      readonly kind: 'oidc';
      readonly provider: string;
      readonly issuer: WebIdentityIssuer;
      /** When somebody else's token of a shared issuer will do. */
      readonly anybody: Formula;
      /** When whatever one customer of the issuer has will do. */
      readonly everything: Formula;
      /** When those who have not signed in get in. */
      readonly guests: Formula;
    }
  | {
      readonly kind: 'saml';
      readonly provider: string;
      /** When an assertion will do that was meant for another recipient than AWS. */
      readonly anyRecipient: Formula;
    };

/** Reads which identities that a provider vouches for a role lets in. Issuers that are not known are left out. */
export type FederationReader = (role: Role) => readonly FederatedTrust[];

/** Makes the reader of an account's trust in identity providers. */
export const createFederationReader = (
  snapshot: AccountSnapshot,
  reference: ServiceReference,
  now: Instant,
): FederationReader => {
  const access = createOutsideAccess(reference, now);
  const { rcps } = organizationLevels(snapshot, createPolicyCompiler(reference));
  return ({ arn, trustPolicy }) => {
    const requestOf = (action: string): OutsideRequest => ({
      policy: { name: `${arn}#trust`, document: trustPolicy },
      account: snapshot.accountId,
      action,
      resource: arn,
      ...(rcps && { rcps }),
    });
    const ask = (request: OutsideRequest, outsider: Outsider, contexts: readonly RequestContext[]): Formula =>
      anyOf(
        contexts.map((context) => {
          const admission = access.admits(request, outsider, context);
          if (admission?.kind === 'allowed') return TRUE;
          return admission?.kind === 'allowedIf' ? withoutChosen(admission.residual, isChosen) : FALSE;
        }),
      );
    const webIdentity = requestOf('sts:AssumeRoleWithWebIdentity');
    const saml = requestOf('sts:AssumeRoleWithSAML');
    return [
      ...federated(access.outsiders(webIdentity)).flatMap((outsider): readonly FederatedTrust[] => {
        const name = issuerOf(outsider.provider);
        const issuer = [...webIdentityIssuers, ...sharedIssuers].find((each) => each.issuer.test(name));
        if (issuer === undefined) return [];
        const { strange, everything } = claimsToTry(issuer, (claim) => valuesOf(trustPolicy, `${name}:${claim}`));
        const asked = (tokens: readonly Claims[]): Formula =>
          ask(
            webIdentity,
            outsider,
            tokens.map((token) => contextOf(name, token)),
          );
        const isShared = issuer.tenancy === 'shared';
        const { guest } = issuer;
        return [
          {
            kind: 'oidc',
            provider: outsider.provider,
            issuer,
            anybody: isShared ? asked(strange) : FALSE,
            everything: asked(isShared ? everything : strange),
            guests: guest === undefined ? FALSE : asked([{ [guest.claim]: guest.value }]),
          },
        ];
      }),
      ...federated(access.outsiders(saml)).map(
        (outsider): FederatedTrust => ({
          kind: 'saml',
          provider: outsider.provider,
          anyRecipient: ask(saml, outsider, [{ 'SAML:aud': 'https://elsewhere.example/saml' }]),
        }),
      ),
    ];
  };
};

type Federated = Extract<Outsider, { readonly kind: 'federated' }>;

const federated = (outsiders: readonly Outsider[]): readonly Federated[] =>
  outsiders.filter((outsider) => outsider.kind === 'federated');

/** The issuer by whose name its condition keys begin. */
const issuerOf = (provider: string): string => provider.replace(/^arn:[^/]*:oidc-provider\//, '');

/** Claims of a token, those that matter. */
type Claims = Readonly<Record<string, string>>;

const contextOf = (issuer: string, claims: Claims): RequestContext =>
  Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]));

/** Claims that are not said to tell customers apart hold what the customer likes; so do session names. */
const isChosen = (key: string): boolean =>
  isChosenByCaller(key) || key === 'sts:rolesessionname' || !/^(?:aws|sts|saml):/.test(key);

/**
 * The tokens to try: of somebody else, also one whose name was chosen so that a pattern of the policy matches it, and of
 * whatever a customer has whom the policy names.
 */
const claimsToTry = (
  { strange, names, everything }: WebIdentityIssuer,
  valuesOfClaim: (claim: string) => readonly string[],
): { readonly strange: readonly Claims[]; readonly everything: readonly Claims[] } => {
  let tokens: readonly Claims[] = [{}];
  for (const [claim, usual] of Object.entries(strange)) {
    const open = valuesOfClaim(claim).filter((value) => names[claim]?.test(value) === false);
    const values = [usual, ...open.filter((value) => /[*?]/.test(value)).map(someMatch)].slice(0, MOST_TRIED);
    tokens = tokens.flatMap((token) => values.map((value) => ({ ...token, [claim]: value }))).slice(0, MOST_TOKENS);
  }
  const whole = Object.entries(everything.values).flatMap(([claim, form]) =>
    valuesOfClaim(claim)
      .filter((value) => form.test(value))
      .map((value) => ({ [claim]: someMatch(value) })),
  );
  return { strange: tokens, everything: whole };
};

const MOST_TRIED = 8;
const MOST_TOKENS = 64;

const someMatch = (pattern: string): string => pattern.replaceAll('*', 'somebody-else').replaceAll('?', 'x');
