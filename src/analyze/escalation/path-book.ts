import type { Role, User } from '../../snapshot/account-snapshot.ts';
import { comparePaths, type EscalationPath, isUnconditional } from './escalation-path.ts';

/** Keeps the best path of each principal for each method, and tells who has been found, the shortest path first. */
export interface PathBook {
  readonly paths: ReadonlyMap<User | Role, ReadonlyMap<string, EscalationPath>>;
  /** Notes a path of a principal, unless a better one that begins with the same method is known. */
  add(principal: User | Role, path: EscalationPath): void;
  /** The path that is known of a principal and begins with a method. */
  known(principal: User | Role, method: string): EscalationPath | undefined;
  /** Whether a path without conditions is known of a principal. */
  isFound(principal: User | Role): boolean;
  /** Another principal with a path, its best one, that was not told before; those without conditions come first. */
  next(): { readonly principal: User | Role; readonly path: EscalationPath } | undefined;
}

/** Makes an empty book. */
export const createPathBook = (): PathBook => {
  const paths = new Map<User | Role, Map<string, EscalationPath>>();
  // By length; the paths under conditions wait until all others have been told.
  const waiting = { certain: new Queue(), conditional: new Queue() };
  const told = new Set<User | Role>();
  const found = new Set<User | Role>();
  return {
    paths,
    add: (principal, path) => {
      const [first] = path.steps;
      if (first !== undefined) {
        const own = paths.get(principal) ?? new Map<string, EscalationPath>();
        paths.set(principal, own);
        const before = own.get(first.method);
        if (before !== undefined && comparePaths(before, path) <= 0) return;
        own.set(first.method, path);
      }
      const certain = isUnconditional(path);
      if (certain) found.add(principal);
      waiting[certain ? 'certain' : 'conditional'].push({ principal, path });
    },
    known: (principal, method) => paths.get(principal)?.get(method),
    isFound: (principal) => found.has(principal),
    next: () => {
      for (const queue of [waiting.certain, waiting.conditional]) {
        for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
          if (told.has(entry.principal)) continue;
          told.add(entry.principal);
          return entry;
        }
      }
      return undefined;
    },
  };
};

interface Entry {
  readonly principal: User | Role;
  readonly path: EscalationPath;
}

/** Paths in the order of their length, and in that of their arrival among those as long. */
class Queue {
  readonly #byLength: { readonly entries: Entry[]; taken: number }[] = [];

  push(entry: Entry): void {
    const length = entry.path.steps.length;
    while (this.#byLength.length <= length) this.#byLength.push({ entries: [], taken: 0 });
    this.#byLength[length]?.entries.push(entry);
  }

  shift(): Entry | undefined {
    const shortest = this.#byLength.find(({ entries, taken }) => taken < entries.length);
    return shortest?.entries[shortest.taken++];
  }
}
