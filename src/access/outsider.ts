/**
 * Somebody outside an account, as far as a resource-based policy tells them apart. Source: "AWS JSON policy elements:
 * Principal", IAM User Guide.
 */
export type Outsider =
  /** Anybody at all, whose request is not signed. */
  | { readonly kind: 'anonymous' }
  /** Any principal of an account that the policy does not name. */
  | { readonly kind: 'anyAccount' }
  /** Any principal of that account that the policy does not name by itself. */
  | { readonly kind: 'account'; readonly account: string }
  /** A user, role or session. Its account is twelve digits, but for the origin access identities of CloudFront. */
  | { readonly kind: 'principal'; readonly account: string; readonly arn: string }
  /** Any principal of the account with that canonical user id, which may be the resource's own. */
  | { readonly kind: 'canonicalUser'; readonly id: string }
  /** A service of AWS that calls by itself; null: any that the policy does not name. */
  | { readonly kind: 'service'; readonly service: string | null }
  /** Somebody whom an identity provider vouches for. */
  | { readonly kind: 'federated'; readonly provider: string };

/** What an outsider is called: an ARN, an account or canonical user id, a service, a provider; `*` for anybody. */
export const outsiderName = (outsider: Outsider): string => {
  switch (outsider.kind) {
    case 'anonymous':
    case 'anyAccount':
      return '*';
    case 'account':
      return outsider.account;
    case 'principal':
      return outsider.arn;
    case 'canonicalUser':
      return outsider.id;
    case 'service':
      return outsider.service ?? '*';
    case 'federated':
      return outsider.provider;
  }
};
