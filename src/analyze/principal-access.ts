import type { AccountAccess, Principal } from '../access/account-access.ts';
import { isAboutAllServices, lastUseOfService, levelsOf, serviceOf } from '../access/permission-services.ts';
import { type EffectivePermission, whatCan } from '../access/what-can.ts';
import type { GrantingStatement } from '../finding/check-result.ts';
import type { PrincipalAccess, ServiceAccess } from '../finding/principal-access.ts';
import { compareText } from '../kernel/compare-text.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { ServiceLastAccessed } from '../snapshot/last-accessed.ts';
import { lastUseOf } from '../snapshot/last-use.ts';

/**
 * What each user and role may do, by service. Which roles let themselves be assumed by whom is not asked: of `sts:AssumeRole`,
 * what the own policies grant is told.
 */
export const principalAccess = (
  snapshot: AccountSnapshot,
  access: AccountAccess,
  reference: ServiceReference,
): readonly PrincipalAccess[] => {
  // Ten thousand roles and their trust policies, for each principal, would be most of the work.
  const carriers = access.carriers().filter(({ isRole }) => !isRole);
  const asked = { asker: access.asker, carriers: () => carriers };
  return [...snapshot.users, ...snapshot.roles].map((principal) => accessOf(principal, { snapshot, asked, reference }));
};

interface Asked {
  readonly snapshot: AccountSnapshot;
  readonly asked: Pick<AccountAccess, 'asker' | 'carriers'>;
  readonly reference: ServiceReference;
}

const accessOf = (principal: Principal, { snapshot, asked, reference }: Asked): PrincipalAccess => {
  const question = { service: null, context: {} };
  const { permissions, doubts } = whatCan(principal, asked, reference, question);
  const lastUse = new Map(lastUseOf(principal.arn, snapshot).map((use) => [use.service.toLowerCase(), use]));
  const services = [...byService(permissions)].map(([service, parts]) =>
    service === EVERY_SERVICE
      ? everyService(parts.map(({ permission }) => permission))
      : ofService(service, parts, { reference, lastUse: lastUse.get(service) }),
  );
  return {
    arn: principal.arn,
    complete: doubts.length === 0,
    services: services.sort((left, right) => compareText(left.service, right.service)),
  };
};

const EVERY_SERVICE = '*';

/** A permission, as far as it is about one service. */
interface PermissionPart {
  readonly permission: EffectivePermission;
  /** The known actions. */
  readonly actions: string[];
}

const byService = (permissions: readonly EffectivePermission[]): ReadonlyMap<string, readonly PermissionPart[]> => {
  const found = new Map<string, PermissionPart[]>();
  for (const permission of permissions) {
    const parts = new Map<string, PermissionPart>();
    const partOf = (service: string): PermissionPart => {
      const part = parts.get(service) ?? { permission, actions: [] };
      parts.set(service, part);
      return part;
    };
    if (isAboutAllServices(permission)) partOf(EVERY_SERVICE);
    else {
      for (const action of permission.known) partOf(serviceOf(action)).actions.push(action);
      for (const pattern of permission.actions) partOf(serviceOf(pattern));
    }
    for (const [service, part] of parts) found.set(service, [...(found.get(service) ?? []), part]);
  }
  return found;
};

const everyService = (permissions: readonly EffectivePermission[]): ServiceAccess => ({
  service: EVERY_SERVICE,
  except: [...new Set(permissions.flatMap(({ notActions }) => notActions))].sort(compareText),
  levels: {},
  ...termsOf(permissions),
});

const ofService = (
  service: string,
  parts: readonly PermissionPart[],
  { reference, lastUse }: { readonly reference: ServiceReference; readonly lastUse: ServiceLastAccessed | undefined },
): ServiceAccess => {
  const actions = [...new Set(parts.flatMap((part) => part.actions))];
  const lastUsed = lastUseOfService(actions, lastUse);
  return {
    service,
    except: [],
    levels: levelsOf(actions, reference),
    ...termsOf(parts.map(({ permission }) => permission)),
    ...(lastUsed !== undefined && { lastUsed }),
  };
};

const termsOf = (
  permissions: readonly EffectivePermission[],
): Pick<ServiceAccess, 'granted' | 'everywhere' | 'grantedBy'> => ({
  granted: permissions.some(isUnconditional) ? 'yes' : 'conditional',
  everywhere: permissions.some(({ terms: { area } }) => area.patterns.some(({ kind }) => kind === 'everything')),
  grantedBy: grantsOf(permissions),
});

const isUnconditional = ({ terms: { condition, within } }: EffectivePermission): boolean =>
  condition.kind === 'true' && within.length === 0;

const grantsOf = (permissions: readonly EffectivePermission[]): readonly GrantingStatement[] => {
  const grants = permissions.flatMap(({ terms: { grantedBy } }) =>
    grantedBy === null ? [] : [{ policy: grantedBy.policy, statement: grantedBy.statement }],
  );
  return [...new Map(grants.map((grant) => [`${grant.policy} ${grant.statement}`, grant])).values()];
};
