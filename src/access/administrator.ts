import type { ApplicablePolicies, NamedPolicy } from '../evaluate/applicable-policies.ts';
import { skippedDenies } from '../evaluate/decide.ts';
import type { RequestTime } from '../evaluate/settle-time.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import { allowEverything, denySomething, type Extent } from './grants-everything.ts';

/** What tells whether policies leave everything. */
interface Judging {
  readonly context: ContextLookup;
  readonly positionCount: number;
  readonly time: RequestTime | null;
}

/** Whether the policies of a user or role allow every action on every resource, after denies, boundary and SCPs. */
export const isAdministrator = (policies: ApplicablePolicies, judging: Judging): Extent => {
  const { identity, unread } = policies;
  const granted = unread.identity.length > 0 ? 'conditional' : allowed(identity, judging);
  return granted === 'no' ? 'no' : weakest([granted, leavesEverything(policies, judging)]);
};

/** Whether denies, boundary and SCPs leave every action on every resource to whoever is granted it. */
export const leavesEverything = (
  { identity, boundary, unread, scps = [] }: ApplicablePolicies,
  judging: Judging,
): Extent => {
  const all = [...identity, ...(boundary ?? []), ...scps.flat()];
  const denied = denySomething(
    all.flatMap(({ policy }) => policy.denies),
    judging.context,
    judging.time,
  );
  return weakest([
    denied === 'yes' ? 'no' : denied === 'no' ? 'yes' : 'conditional',
    unread.boundary.length > 0 ? 'conditional' : boundary === null ? 'yes' : allowed(boundary, judging),
    ...scps.map((level) => allowed(level, judging)),
    skippedDenies(all).length > 0 ? 'conditional' : 'yes',
  ]);
};

const allowed = (policies: readonly NamedPolicy[], { context, positionCount, time }: Judging): Extent =>
  allowEverything(
    policies.flatMap(({ policy }) => policy.allows),
    positionCount,
    context,
    time,
  );

const weakest = (extents: readonly Extent[]): Extent => {
  if (extents.includes('no')) return 'no';
  return extents.includes('conditional') ? 'conditional' : 'yes';
};
