import type { ApplicablePolicies, NamedPolicy } from '../evaluate/applicable-policies.ts';
import { skippedDenies } from '../evaluate/decide.ts';
import type { RequestTime } from '../evaluate/settle-time.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import { allowEverything, denySomething, type Extent } from './grants-everything.ts';

/** Whether the policies of a user or role allow every action on every resource, after denies and boundary. */
export const isAdministrator = (
  { identity, boundary, unread }: ApplicablePolicies,
  context: ContextLookup,
  positionCount: number,
  time: RequestTime | null,
): Extent => {
  const allowed = (policies: readonly NamedPolicy[]): Extent =>
    allowEverything(
      policies.flatMap(({ policy }) => policy.allows),
      positionCount,
      context,
      time,
    );
  const all = [...identity, ...(boundary ?? [])];
  const denied = denySomething(
    all.flatMap(({ policy }) => policy.denies),
    context,
    time,
  );
  return weakest([
    denied === 'yes' ? 'no' : denied === 'no' ? 'yes' : 'conditional',
    unread.identity.length > 0 ? 'conditional' : allowed(identity),
    unread.boundary.length > 0 ? 'conditional' : boundary === null ? 'yes' : allowed(boundary),
    skippedDenies(all).length > 0 ? 'conditional' : 'yes',
  ]);
};

const weakest = (extents: readonly Extent[]): Extent => {
  if (extents.includes('no')) return 'no';
  return extents.includes('conditional') ? 'conditional' : 'yes';
};
