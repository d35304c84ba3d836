import { compileWildcard } from '../iam/wildcard.ts';
import { addBit, addRange, type Bitset, emptyBitset } from './bitset.ts';

/** The names of all known actions in one order, and what action patterns match among them. */
export interface ActionIndex {
  /** `service:Name` in AWS's spelling, by position; the actions of a service stand together. */
  readonly names: readonly string[];
  /**
   * How many positions a set of actions has: one for each known action, then one for each service that stands for its
   * actions that nobody told us of, then one for the services that nobody told us of.
   */
  readonly positionCount: number;
  /** The position of an action, whatever the case of its letters; null for one that is not known. */
  positionOf(action: string): number | null;
  /** The positions whose every action some pattern matches. */
  matchActions(patterns: readonly string[]): Bitset;
  /** The positions of which some pattern may match an action: more than `matchActions` among the unknown ones only. */
  touchActions(patterns: readonly string[]): Bitset;
}

/** A service and the names of its actions. */
export interface ServiceActions {
  readonly service: string;
  readonly actions: readonly string[];
}

/** Builds the index of the actions of all services. */
export const createActionIndex = (services: readonly ServiceActions[]): ActionIndex => {
  const layout = layOut(services);
  const addPattern = patternAdder(layout);
  const collect = (patterns: readonly string[], touch: boolean): Bitset => {
    const set = emptyBitset(layout.positionCount);
    for (const pattern of patterns) addPattern(set, pattern.toLowerCase(), touch);
    return set;
  };
  return {
    names: layout.names,
    positionCount: layout.positionCount,
    positionOf: (action) => layout.positions.get(action.toLowerCase()) ?? null,
    matchActions: (patterns) => collect(patterns, false),
    touchActions: (patterns) => collect(patterns, true),
  };
};

/** Whether an action pattern is `*` or `*:*`: every action of every service. */
const isEveryAction = (pattern: string): boolean => /^\*+(:\*+)?$/.test(pattern);

interface Layout {
  readonly names: readonly string[];
  readonly positionCount: number;
  /** By lower-case name. */
  readonly positions: ReadonlyMap<string, number>;
  /** By service in lower case. */
  readonly services: ReadonlyMap<string, ServicePositions>;
}

interface ServicePositions {
  /** Its actions in lower case; the first stands at `start`. */
  readonly actions: readonly string[];
  readonly start: number;
  /** The position of its unknown actions. */
  readonly unknown: number;
}

const layOut = (services: readonly ServiceActions[]): Layout => {
  const names = services.flatMap(({ service, actions }) => actions.map((action) => `${service}:${action}`));
  const lowerNames = names.map((name) => name.toLowerCase());
  const positionsOfServices = new Map<string, ServicePositions>();
  let start = 0;
  for (const { service, actions } of services) {
    const end = start + actions.length;
    const unknown = names.length + positionsOfServices.size;
    positionsOfServices.set(service.toLowerCase(), { actions: lowerNames.slice(start, end), start, unknown });
    start = end;
  }
  return {
    names,
    positionCount: names.length + services.length + 1,
    positions: new Map(lowerNames.map((name, position) => [name, position])),
    services: positionsOfServices,
  };
};

/** Adds the positions of one pattern, given in lower case, to a set; what it finds for a pattern it remembers. */
const patternAdder = (layout: Layout) => {
  const remembered = new Map<string, readonly number[]>();
  const knownMatches = (pattern: string, { actions, start }: ServicePositions): readonly number[] => {
    let found = remembered.get(pattern);
    if (found === undefined) {
      const matches = compileWildcard(pattern);
      found = actions.flatMap((action, at) => (matches(action) ? [start + at] : []));
      remembered.set(pattern, found);
    }
    return found;
  };
  return (set: Bitset, pattern: string, touch: boolean): void => {
    const position = layout.positions.get(pattern);
    const colon = pattern.indexOf(':');
    const service = layout.services.get(pattern.slice(0, colon));
    if (isEveryAction(pattern)) {
      addRange(set, 0, layout.positionCount);
    } else if (position !== undefined) {
      addBit(set, position);
    } else if (service !== undefined) {
      for (const at of knownMatches(pattern, service)) addBit(set, at);
      if (touch || /^\*+$/.test(pattern.slice(colon + 1))) addBit(set, service.unknown);
    } else if (touch) {
      addBit(set, layout.positionCount - 1);
    }
  };
};
