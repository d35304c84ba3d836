import { compileWildcard } from '../../iam/wildcard.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile-policy.ts';
import { addBit, type Bitset, emptyBitset, hasBit } from '../../reference/bitset.ts';
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
  const { names, positionOf } = serviceReference();
  const granted = new Map<string, Set<string>>();
  const add = (name: string): void => {
    const service = serviceOf(name);
    const actions = granted.get(service) ?? new Set();
    granted.set(service, actions.add(name.slice(service.length + 1)));
  };
  const known = emptyBitset(names.length);
  for (const statement of allows) addReached(known, statement, names);
  const denied = denies.map(({ actions }) => actions.covers());
  names.forEach((name, position) => {
    if (hasBit(known, position) && !denied.some((set) => hasBit(set, position))) add(name);
  });
  for (const name of allows.flatMap(namedActions)) {
    const action = { name: name.toLowerCase(), position: null };
    const applies = (statement: CompiledStatement): boolean => statement.actions.matches(action);
    if (positionOf(name) !== null || denies.some(applies)) continue;
    if (allows.some((statement) => applies(statement) && mayReach(statement, serviceOf(name)))) add(name);
  }
  return granted;
};

const serviceOf = (name: string): string => name.slice(0, name.indexOf(':'));

/** Adds the positions of the actions that a statement matches, of the services whose resources may be its. */
const addReached = (known: Bitset, statement: CompiledStatement, names: readonly string[]): void => {
  const covered = statement.actions.covers();
  let service = '';
  let reached = false;
  // Actions of one service stand together.
  names.forEach((name, position) => {
    if (!hasBit(covered, position) || hasBit(known, position)) return;
    if (!name.startsWith(`${service}:`)) {
      service = serviceOf(name);
      reached = mayReach(statement, service);
    }
    if (reached) addBit(known, position);
  });
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
