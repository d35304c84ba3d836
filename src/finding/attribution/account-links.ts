import type { AccountSnapshot, Group, Role, User } from '../../snapshot/account-snapshot.ts';
import { iamThing, type Thing } from './suspect.ts';

/** What of an account bears on what its principals may do. */
export interface AccountLinks {
  /** The groups of a user. */
  groupsOf(arn: string): readonly Thing[];
  /** The managed policies of a user, group or role: attached, or its boundary. */
  policiesOf(arn: string): readonly Thing[];
  /** The region of a resource; null: it is not told. */
  regionOf(arn: string): string | null;
}

/** Reads the links of an account. */
export const linksOf = ({ users, groups, roles, resources }: AccountSnapshot): AccountLinks => {
  const holders = new Map<string, User | Role | Group>([...users, ...groups, ...roles].map((each) => [each.arn, each]));
  const groupArns = new Map<string, string>(groups.map(({ groupName, arn }) => [groupName, arn]));
  const regions = new Map<string, string | null>(
    resources.known ? resources.value.map(({ arn, region }) => [arn, region]) : [],
  );
  const things = (arns: readonly (string | null | undefined)[]): readonly Thing[] =>
    arns.flatMap((arn) => (arn ? (iamThing(arn) ?? []) : []));
  return {
    groupsOf(arn) {
      const holder = holders.get(arn);
      return holder !== undefined && 'userName' in holder
        ? things(holder.groups.map((name) => groupArns.get(name)))
        : [];
    },
    policiesOf(arn) {
      const holder = holders.get(arn);
      if (holder === undefined) return [];
      const attached = holder.attachedManagedPolicies.map(({ policyArn }) => policyArn);
      return things([...attached, 'permissionsBoundary' in holder ? holder.permissionsBoundary : null]);
    },
    regionOf: (arn) => arn.split(':')[3] || (regions.get(arn) ?? null),
  };
};
