import type { PermissionDifference } from '../../access/permission-difference.ts';
import type { PermissionsChange, PermissionsOfService } from '../../finding/account-change.ts';
import { compareText } from '../../kernel/compare-text.ts';
import type { AccessLevel, ServiceReference } from '../../reference/service-reference.ts';

/** Makes a teller of differences by service and access level. The same differences, as an object, are told once. */
export const createPermissionsTeller = (
  reference: ServiceReference,
): ((differences: readonly PermissionDifference[]) => PermissionsChange) => {
  const told = new WeakMap<readonly PermissionDifference[], PermissionsChange>();
  const services = actionsByService(reference.names);
  const levelOf = remembered((action): AccessLevel => reference.describeAction(action)?.accessLevel ?? 'Write');
  const allVerbs = remembered((service) => countVerbs(services.get(service) ?? []));

  const ofLevels = (service: string, actions: readonly string[]): readonly Row[] =>
    LEVELS.flatMap((accessLevel) => {
      const some = actions.filter((action) => levelOf(action) === accessLevel);
      return some.length === 0 ? [] : [{ service, accessLevel, actions: byVerbs(some, actions, service) }];
    });
  /** Where all actions of the service with a verb are among those told, they are told as one pattern: `ec2:Describe*`. */
  const byVerbs = (some: readonly string[], told: readonly string[], service: string): readonly string[] => {
    const [all, here] = [allVerbs(service), countVerbs(told)];
    const names = some.map((action) => {
      const verb = verbOf(action);
      const count = all.get(verb) ?? 0;
      return count > 1 && here.get(verb) === count ? `${verb}*` : action;
    });
    return [...new Set(names)];
  };
  const ofActions = (actions: readonly string[]): readonly Row[] => {
    if (actions.length === reference.names.length) return [EVERYTHING];
    return [...actionsByService(actions)].flatMap(([service, some]) => {
      if (some.length < (services.get(service)?.length ?? 0) || some.length === 1) return ofLevels(service, some);
      const worst = LEVELS.find((level) => some.some((action) => levelOf(action) === level)) ?? 'Write';
      return [{ service, accessLevel: worst, actions: [`${service}:*`] }];
    });
  };
  const ofSide = (differences: readonly PermissionDifference[], side: PermissionDifference['side']) =>
    differences
      .filter((difference) => difference.side === side)
      .flatMap(({ actions, change, conditional }) => ofActions(actions).map((row) => ({ ...row, change, conditional })))
      .sort(compareRows);
  return (differences) => {
    const known = told.get(differences) ?? { gained: ofSide(differences, 'gained'), lost: ofSide(differences, 'lost') };
    told.set(differences, known);
    return known;
  };
};

/** `ec2:Describe` of `ec2:DescribeVpcs`; an action of one word is itself. */
const verbOf = (action: string): string => /^[^:]*:[A-Z][a-z]+(?=[A-Z])/.exec(action)?.[0] ?? action;

/** The same question is asked of many principals. */
const remembered = <Value>(find: (name: string) => Value): ((name: string) => Value) => {
  const known = new Map<string, Value>();
  return (name) => {
    const value = known.get(name) ?? find(name);
    known.set(name, value);
    return value;
  };
};

const countVerbs = (actions: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const action of actions) counts.set(verbOf(action), (counts.get(verbOf(action)) ?? 0) + 1);
  return counts;
};

type Row = Pick<PermissionsOfService, 'service' | 'actions'> & { readonly accessLevel: AccessLevel };

/** The access levels, the worst first. */
const LEVELS: readonly AccessLevel[] = ['Permissions management', 'Write', 'Tagging', 'Read', 'List'];

const EVERYTHING: Row = { service: '*', accessLevel: 'Permissions management', actions: ['*'] };

const CHANGES: readonly PermissionsOfService['change'][] = ['action', 'resources', 'conditions'];

const compareRows = (one: PermissionsOfService & Row, other: PermissionsOfService & Row): number =>
  LEVELS.indexOf(one.accessLevel) - LEVELS.indexOf(other.accessLevel) ||
  compareText(one.service, other.service) ||
  CHANGES.indexOf(one.change) - CHANGES.indexOf(other.change) ||
  Number(one.conditional) - Number(other.conditional);

const actionsByService = (actions: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const services = new Map<string, string[]>();
  for (const action of actions) {
    const service = action.slice(0, action.indexOf(':'));
    const known = services.get(service);
    if (known === undefined) services.set(service, [action]);
    else known.push(action);
  }
  return services;
};
