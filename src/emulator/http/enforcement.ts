import { type Authorizer, createAuthorizer } from '../../account/authorizer.ts';
import { loadServiceReference } from '../../reference/service-reference.ts';

/** Whether calls are checked: their signatures, and whether policies allow them. */
export interface Enforcement {
  /** Counts a call, and gives what it is to be checked with; null: it is not. */
  enter(): Promise<Authorizer | null>;
  /** Leaves so many calls unchecked from now on; `Infinity`: all. */
  leaveUnchecked(calls: number): void;
}

/** Checks all calls after some; the service reference is read when the first is checked. */
export const createEnforcement = (uncheckedCalls: number): Enforcement => {
  let unchecked = uncheckedCalls;
  let authorizer: Promise<Authorizer> | undefined;
  return {
    enter: async () => {
      if (unchecked > 0) {
        unchecked -= 1;
        return null;
      }
      authorizer ??= loadServiceReference().then(createAuthorizer);
      return authorizer;
    },
    leaveUnchecked: (calls) => {
      unchecked = calls;
    },
  };
};
