import type { Doubt } from '../../evaluate/decision.ts';
import { iamArn } from '../../iam/arn.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../snapshot/collected.ts';
import type { Resource } from '../../snapshot/resource.ts';
import type { Exposure, ExposureReader } from './read-exposure.ts';

/** Judges whom a resource lets in; `gap`: what keeps its policy from being read as a whole. */
type JudgeExposure<T> = (resource: Resource, exposure: Exposure, gap: CollectionGap | null) => Iterable<T>;

/** Something that could not be judged. */
interface Unjudged {
  readonly subject: { readonly arn: string };
  readonly outcome: 'unknown';
  readonly gap: CollectionGap;
}

/** What is said of a resource that cannot be judged. */
export const unjudged = (arn: string, gap: CollectionGap): Unjudged => ({ subject: { arn }, outcome: 'unknown', gap });

/**
 * Judges the resources that carry a policy. Where nobody asked for the account's resources there are none, and nothing is
 * said; where they, or those of a service, or the policy of one could not be read, that is a gap.
 */
export function* judgeResources<T>(
  { resources, accountId, partition, gaps }: AccountSnapshot,
  exposureOf: ExposureReader,
  judge: JudgeExposure<T>,
): Iterable<T | Unjudged> {
  const account = iamArn(partition, accountId, 'root');
  if (!resources.known) {
    if (resources.gap.reason !== 'skipped') yield unjudged(account, resources.gap);
    return;
  }
  for (const gap of gaps) {
    if (gap.source !== 'resources' || gap.reason === 'skipped' || BESIDE_POLICIES.has(gap.action)) continue;
    // What is about a region or a service is about all that it may hold.
    const { subject } = gap;
    yield subject?.startsWith('arn:') ? unjudged(subject, gap) : unjudged(account, { ...gap, subject: null });
  }
  for (const resource of resources.value) {
    if (resource.policy === null) continue;
    const exposure = exposureOf.ofResource(resource);
    yield* judge(resource, exposure, unreadGap(resource.arn, resource.policy, exposure.doubts));
  }
}

/** Calls whose answers tell of no policy. */
const BESIDE_POLICIES: ReadonlySet<string> = new Set(['kms:ListGrants', 'kms:ListAliases']);

/** The gap of a policy of which a part that may let somebody in could not be read; null where all could. */
const unreadGap = (subject: string, { problems }: PolicyDocument, doubts: readonly Doubt[]): CollectionGap | null => {
  const unread = problems.find(({ skippedEffect }) => skippedEffect === 'Allow' || skippedEffect === 'unknown');
  const [first] = unread === undefined ? doubts : [unread];
  if (first === undefined) return null;
  return {
    source: 'resources',
    action: 'resources.json',
    reason: 'failed',
    detail: `the policy has ${first.message} at ${first.pointer || '/'}`,
    subject,
  };
};
