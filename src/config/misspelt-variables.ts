import { editDistance } from '../kernel/edit-distance.ts';
import type { Environment } from './environment.ts';

const FARTHEST_SLIP = 2;

/**
 * Environment variables that are nearly, but not quite, one of those that override options: each with a line about it. What the
 * file names, such as where a secret stands, is as it is meant; other variables that begin with `VIGIL_` are somebody's own.
 */
export const misspeltVariables = (
  environment: Environment,
  known: ReadonlySet<string>,
  fileText: string,
): readonly string[] =>
  Object.keys(environment)
    .filter((name) => name.startsWith('VIGIL_') && !known.has(name) && !fileText.includes(name))
    .flatMap((name) => {
      const meant = [...known].find((other) => editDistance(name, other, FARTHEST_SLIP) <= FARTHEST_SLIP);
      return meant === undefined ? [] : [`${name}: overrides no option; did you mean \`${meant}\`?`];
    });
