import { iamArn } from '../../iam/arn.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { Organization, OrganizationPlace, OrganizationTree } from '../../snapshot/organization.ts';
import type { Judgement } from '../define-check.ts';

/**
 * Judges what the account is told of its organization. Of an account that is told nothing of the kind nothing is said: AWS tells
 * the management account and delegated administrators alone. `part`: what of it is judged; undefined where it was not told.
 */
export function* judgeOrganization<Part, Facts extends JsonObject>(
  { organization, partition, accountId }: Pick<AccountSnapshot, 'organization' | 'partition' | 'accountId'>,
  part: (organization: Organization) => Part | undefined,
  judge: (part: Part, subject: { readonly arn: string }, organization: Organization) => Iterable<Judgement<Facts>>,
): Iterable<Judgement<Facts>> {
  const subject = { arn: iamArn(partition, accountId, 'root') };
  if (!organization.known) {
    if (organization.gap.reason !== 'skipped') yield { subject, outcome: 'unknown', gap: organization.gap };
    return;
  }
  const told = organization.value === null ? undefined : part(organization.value);
  if (told !== undefined && organization.value !== null) yield* judge(told, subject, organization.value);
}

/** The ids of a place and of all that it is in, up to the root. */
export const placesAbove = ({ units }: OrganizationTree, { id, parentId }: OrganizationPlace): ReadonlySet<string> => {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const above = new Set([id]);
  for (let parent = parentId; parent !== null && !above.has(parent); ) {
    above.add(parent);
    parent = byId.get(parent)?.parentId ?? null;
  }
  return above;
};

/** Whether a type of policies is turned on. */
export const isEnabled = ({ policyTypes }: OrganizationTree, type: string): boolean => policyTypes.includes(type);
