import type { Doubt } from '../../evaluate/decision.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { unreadDocument } from '../../policy/unread-document.ts';
import type { Role } from '../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../snapshot/collected.ts';

/** The gap behind a decision that hangs on a policy which could not be read. */
export const unreadPolicyGap = (subject: string, [doubt]: readonly Doubt[]): CollectionGap =>
  gap(
    subject,
    doubt === undefined ? 'a policy could not be read' : `${doubt.message} (${doubt.policy}${doubt.pointer})`,
  );

/** The gap of a policy of which nothing could be read; null where it could. */
export const unreadDocumentGap = (subject: string, document: PolicyDocument): CollectionGap | null => {
  const problem = unreadDocument(document);
  return problem === null ? null : gap(subject, `${problem.message} at ${problem.pointer || '/'}`);
};

/** The gap of a trust policy that has a statement which could not be read and may let somebody in; null for none. */
export const unreadTrustGap = ({ arn, trustPolicy }: Role): CollectionGap | null => {
  const problem = trustPolicy.problems.find(mayHideGrant);
  return problem === undefined
    ? null
    : gap(arn, `the trust policy has ${problem.message} at ${problem.pointer || '/'}`);
};

const mayHideGrant = ({ skippedEffect }: PolicyDocument['problems'][number]): boolean =>
  skippedEffect === 'Allow' || skippedEffect === 'unknown';

const gap = (subject: string, detail: string): CollectionGap => ({
  source: 'authorization-details',
  action: 'iam:GetAccountAuthorizationDetails',
  reason: 'failed',
  detail,
  subject,
});
