import type { AccountChange } from '../account-change.ts';
import type { Cause, ThingType } from '../write-requests.ts';
import type { AccountLinks } from './account-links.ts';
import { type Suspect, suspect, type Thing } from './suspect.ts';

/** What of a principal's own decides what it may do. */
export const GRANTING: readonly Cause[] = ['policies', 'permissions-boundary', 'group-membership', 'tags'];

/** Whose change may be behind a change: that of the thing itself, and where it is its permissions of what grants them. */
export const suspectsOfChange = ({ kind, subject }: AccountChange, links: AccountLinks): readonly Suspect[] => {
  const thing = thingOf(subject, links);
  if (kind !== 'permissions') return [suspect(thing, [kind], { part: subject.part })];
  return [suspect(thing, GRANTING), ...granting(thing.arn, links)];
};

/** What else grants a principal what it may do: its groups' policies, and the text of its and their managed policies. */
export const granting = (arn: string, links: AccountLinks): readonly Suspect[] => {
  const groups = links.groupsOf(arn);
  const policies = [arn, ...groups.map((group) => group.arn)].flatMap((holder) => links.policiesOf(holder));
  return [
    ...groups.map((group) => suspect(group, ['policies'])),
    ...policies.map((policy) => suspect(policy, ['policy-version'])),
  ];
};

/** What a change or finding is about, as something that requests change. */
export const thingOf = (
  { arn, type, id }: { readonly arn: string; readonly type: ThingType | 'ArchiveRule'; readonly id: string },
  links: AccountLinks,
): Thing => ({
  type: type === 'ArchiveRule' || arn.includes(':access-analyzer:') ? 'Analyzer' : type,
  arn,
  id,
  region: links.regionOf(arn),
});
