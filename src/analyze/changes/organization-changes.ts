import type { Organization, OrganizationLevel, OrganizationPolicy } from '../../snapshot/organization.ts';
import type { Change } from './entity-changes.ts';
import { documentChange, type PartChange, pairUp } from './part-change.ts';

/** What changed of the account's place in its organization, and of the SCPs and RCPs above it. */
export const organizationChanges = (
  before: Organization | null,
  after: Organization | null,
  accountId: string,
): readonly Change[] => {
  const place = { ...KIND, arn: accountId, id: accountId };
  if (before === null || after === null || before.id !== after.id) {
    const change = { kind: 'organization-policy', subject: { ...place, part: null } } as const;
    const [was, is] = [tellOrganization(before), tellOrganization(after)];
    return before === after ? [] : [{ ...change, before: was, after: is }];
  }
  // Where the path is not told, nothing is known of what is above.
  if (before.path.length === 0 || after.path.length === 0) return [];
  const { created, deleted, kept } = pairUp(before.path, after.path, ({ id }) => id);
  return [
    ...created.flatMap((level) => levelChange(level, null, level)),
    ...deleted.flatMap((level) => levelChange(level, level, null)),
    ...kept.flatMap(([was, is]) => policyChanges(was, is)),
  ];
};

const KIND = { type: 'OrganizationPolicy' } as const;

const tellOrganization = (organization: Organization | null) =>
  organization && { organization: organization.id, path: organization.path.map(({ id }) => id) };

/** An account that was moved has other levels above it, with what is attached to them. */
const levelChange = (
  { id, name }: OrganizationLevel,
  before: OrganizationLevel | null,
  after: OrganizationLevel | null,
): readonly Change[] => {
  const tell = (level: OrganizationLevel | null) =>
    level && { name, scps: level.scps.map((policy) => policy.name), rcps: level.rcps.map((policy) => policy.name) };
  const subject = { ...KIND, arn: id, id, part: null };
  return [{ kind: 'organization-policy', subject, before: tell(before), after: tell(after) }];
};

const policyChanges = (before: OrganizationLevel, after: OrganizationLevel): readonly Change[] =>
  (['scps', 'rcps'] as const).flatMap((type) => {
    const { created, deleted, kept } = pairUp(before[type], after[type], identity);
    const changes: readonly PartChange[] = [
      ...created.flatMap((policy) => documentChange('organization-policy', policy.name, null, policy.document)),
      ...deleted.flatMap((policy) => documentChange('organization-policy', policy.name, policy.document, null)),
      ...kept.flatMap(([was, is]) => documentChange('organization-policy', is.name, was.document, is.document)),
    ];
    return changes.map(({ part, ...change }) => ({
      ...change,
      subject: { ...KIND, arn: after.id, id: `${after.id} ${type}`, part },
    }));
  });

/** Policies without a name are called after their place, which others take when one goes. */
const identity = ({ name, document }: OrganizationPolicy): string => (name.includes('.json#/') ? document.hash : name);
