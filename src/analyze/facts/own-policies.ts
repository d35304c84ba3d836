import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../snapshot/collected.ts';
import { isManagedByAws } from './managed-by-aws.ts';
import { unreadDocumentGap } from './unread-policy.ts';

/** An identity-based policy that the account can change. */
export interface OwnPolicy {
  /** Of an inline policy its holder, and the policy's name as part. */
  readonly subject: { readonly arn: string; readonly part?: string };
  readonly document: PolicyDocument;
  /** Why nothing of it could be read; null where something could. */
  readonly gap: CollectionGap | null;
}

/** The customer managed policies, in their default versions, and the inline policies; not those that AWS manages. */
export function* ownPolicies({ users, groups, roles, managedPolicies }: AccountSnapshot): Iterable<OwnPolicy> {
  for (const { arn, awsManaged, versions } of managedPolicies) {
    const document = versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document;
    if (!awsManaged && document !== undefined)
      yield { subject: { arn }, document, gap: unreadDocumentGap(arn, document) };
  }
  for (const { arn, inlinePolicies } of [...users, ...groups, ...roles.filter((role) => !isManagedByAws(role))]) {
    for (const { policyName, document } of inlinePolicies) {
      yield { subject: { arn, part: policyName }, document, gap: unreadDocumentGap(arn, document) };
    }
  }
}
