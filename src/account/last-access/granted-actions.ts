import { compileWildcard } from '../../iam/wildcard.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile-policy.ts';
import { serviceReference } from '../../reference/service-reference.ts';

/** Names of actions, in AWS's spelling where it is known, by service namespace. */
export type ActionsByService = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The actions that some policies together allow, as last accessed information tells of them: conditions do not count, nor
 * does any other policy; a Deny counts where it holds always and everywhere, an Allow where its resources may be the
 * service's. Source: "Refine permissions in AWS using last accessed information", IAM User Guide, and recorded answers.
 */
export const grantedActions = (policies: readonly CompiledPolicy[]): ActionsByService => {
  const allows = policies.flatMap((policy) => policy.allows);
  const denies = policies.flatMap((policy) => policy.denies).filter(deniesEverywhere);
  const granted = new Map<string, Set<string>>();
  const add = (name: string, position: number | null): void => {
    const action = { name: name.toLowerCase(), position };
    const service = name.slice(0, name.indexOf(':'));
    const allowed = allows.some((statement) => statement.actions.matches(action) && mayReach(statement, service));
    if (!allowed || denies.some(({ actions }) => actions.matches(action))) return;
    const names = granted.get(service) ?? new Set();
    granted.set(service, names.add(name.slice(service.length + 1)));
  };
  const { names, positionOf } = serviceReference();
  names.forEach(add);
  for (const pattern of allows.flatMap(namedActions)) if (positionOf(pattern) === null) add(pattern, null);
  return granted;
};

const deniesEverywhere = ({ resource, conditions }: CompiledStatement): boolean =>
  conditions.length === 0 &&
  (resource === null || (resource.kind === 'resource' && resource.patterns.some(({ kind }) => kind === 'everything')));

/** The actions that a statement names one by one: of those the reference may know nothing. */
const namedActions = ({ statement: { action } }: CompiledStatement): string[] =>
  action.kind === 'action' ? action.patterns.filter((pattern) => /^[^:*?]+:[^:*?]+$/.test(pattern)) : [];

/** Whether the resources of a statement may be a service's. */
const mayReach = ({ statement: { resource } }: CompiledStatement, service: string): boolean =>
  resource === null ||
  resource.kind === 'notResource' ||
  resource.patterns.some((pattern) => {
    const [, , ofService = '*'] = pattern.split(':');
    return /[$]/.test(ofService) || compileWildcard(ofService)(service);
  });
