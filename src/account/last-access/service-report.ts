import type { Instant } from '../../kernel/time.ts';
import { serviceNames } from '../../reference/service-names.ts';
import type { ActionUseState } from '../access-record-state.ts';
import type { AccountState, RoleState, UserState } from '../account-state.ts';
import { compiledPolicy } from '../simulate/simulation.ts';
import { grantedActions } from './granted-actions.ts';
import type { ReportSubject } from './report-subject.ts';
import { latest, serviceOf, usesOf } from './uses.ts';

/** A use, and who made it. */
interface EntityUse extends ActionUseState {
  readonly entity: UserState | RoleState;
}

/**
 * The services whose management actions the emulated account can see called; of others AWS's reports tell more than it
 * could. `iam:PassRole` is never told: nobody calls it by itself.
 */
export const TRACKED_SERVICES: ReadonlySet<string> = new Set([
  'access-analyzer',
  'cloudtrail',
  'ecr',
  'iam',
  'kms',
  'lambda',
  'organizations',
  'secretsmanager',
  'sso',
  'sts',
]);

/** The shape `ServiceLastAccessed`, of each service that the subject's policies grant, by namespace. */
export const servicesLastAccessed = (
  state: AccountState,
  { documents, entities }: ReportSubject,
  actionLevel: boolean,
  now: Instant,
) => {
  const granted = grantedActions(documents.map(compiledPolicy));
  const uses = entities.flatMap((entity): EntityUse[] => usesOf(state, entity, now).map((use) => ({ ...use, entity })));
  return [...granted.keys()].toSorted().map((service) => {
    const ofService = uses.filter((use) => serviceOf(use) === service);
    const last = latest(ofService);
    const tracked = actionLevel && TRACKED_SERVICES.has(service);
    return {
      ServiceName: serviceNames().get(service) ?? service,
      LastAuthenticated: last?.date,
      ServiceNamespace: service,
      LastAuthenticatedEntity: last?.entity.arn,
      LastAuthenticatedRegion: last?.region,
      TotalAuthenticatedEntities: new Set(ofService.map(({ entity }) => entity)).size,
      TrackedActionsLastAccessed: tracked
        ? trackedActions(service, granted.get(service) ?? new Set(), ofService)
        : undefined,
    };
  });
};

const trackedActions = (service: string, actions: ReadonlySet<string>, uses: readonly EntityUse[]) =>
  [...actions]
    .filter((action) => `${service}:${action}` !== 'iam:PassRole')
    .toSorted()
    .map((action) => {
      const last = latest(uses.filter((use) => use.action === `${service}:${action}`));
      return {
        ActionName: action,
        LastAccessedEntity: last?.entity.arn,
        LastAccessedTime: last?.date,
        LastAccessedRegion: last?.region,
      };
    });

/** The shape `EntityDetails`, of each entity that could have used a service; the latest use first, then by name. */
export const entityDetails = (
  state: AccountState,
  { documents, entities }: ReportSubject,
  service: string,
  now: Instant,
) => {
  if (!grantedActions(documents.map(compiledPolicy)).has(service)) return [];
  return entities
    .map((entity) => ({
      EntityInfo: {
        Arn: entity.arn,
        Name: 'userName' in entity ? entity.userName : entity.roleName,
        Type: 'userName' in entity ? 'USER' : 'ROLE',
        Id: 'userId' in entity ? entity.userId : entity.roleId,
        Path: entity.path,
      },
      LastAuthenticated: latest(usesOf(state, entity, now).filter((use) => serviceOf(use) === service))?.date,
    }))
    .toSorted((a, b) => (b.LastAuthenticated ?? '').localeCompare(a.LastAuthenticated ?? ''));
};
