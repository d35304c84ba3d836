import { type Outsider, outsiderName } from '../../access/outsider.ts';
import type { AccountSnapshot, Role } from '../../snapshot/account-snapshot.ts';
import type { Resource } from '../../snapshot/resource.ts';
import type { CheckTools } from '../check-tools.ts';

/** Somebody outside whom the policy of a role or resource lets in, on conditions or without. */
export interface SeenOutsider {
  readonly outsider: Outsider;
  /** Whether it is let in as a member of the account's own organization alone. */
  readonly ownOrganization: boolean;
}

/** Those outside whom a role lets begin a session of it, services of AWS left out. */
export const outsidersOfRole = ({ arn }: Role, { access }: Pick<CheckTools, 'access'>): readonly SeenOutsider[] =>
  ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity']
    .flatMap((action) => access.outsidersWhoCan(action, arn))
    .filter(({ outsider }) => outsider.kind !== 'service')
    .map(({ outsider }) => ({ outsider, ownOrganization: false }));

/** Those outside whom the policy of a resource lets in, services of AWS left out. */
export const outsidersOfResource = (
  resource: Resource,
  { exposureOf }: Pick<CheckTools, 'exposureOf'>,
): readonly SeenOutsider[] =>
  exposureOf
    .ofResource(resource)
    .outsiders.filter(({ outsider }) => outsider.kind !== 'service')
    .map(({ outsider, actions }) => ({
      outsider,
      ownOrganization: actions.every(({ organization }) => organization === 'own'),
    }));

/** What the snapshot has under an ARN: a role, another resource, or nothing. */
export const roleOrResource = (
  { roles, resources }: Pick<AccountSnapshot, 'roles' | 'resources'>,
  arn: string,
): Role | Resource | null =>
  roles.find((role) => role.arn === arn) ??
  (resources.known ? (resources.value.find((resource) => resource.arn === arn) ?? null) : null);

/** Whether the policy of a role or resource, as it was read, lets in a principal that an analyzer names. */
export const ownView = (
  thing: Role | Resource,
  principal: string,
  tools: Pick<CheckTools, 'access' | 'exposureOf'>,
): 'same' | 'closed' => {
  const seen = 'roleName' in thing ? outsidersOfRole(thing, tools) : outsidersOfResource(thing, tools);
  return seen.some(({ outsider }) => standsFor(outsider, principal)) ? 'same' : 'closed';
};

/** A principal as both sides write it: an account by its id. */
export const principalName = (text: string): string => /^arn:[^:]*:iam::(\d{12}):root$/.exec(text)?.[1] ?? text;

/** Whether an outsider is the principal that an analyzer names, or stands for it. */
export const standsFor = (outsider: Outsider, principal: string): boolean => {
  const name = principalName(outsiderName(outsider));
  if (name === principalName(principal) || outsider.kind === 'anonymous') return true;
  if (outsider.kind === 'anyAccount')
    return /^(?:\*$|\d{12}$|arn:[^:]*:(?:iam|sts)::\d{12}:(?!oidc|saml))/.test(principal);
  return outsider.kind === 'account' && principal.includes(`:${outsider.account}:`);
};
