import { anyOf, type Formula } from '../../evaluate/formula.ts';
import type { Severity } from '../../finding/check-result.ts';
import type { AccessLevel } from '../../reference/service-reference.ts';
import type { ExposedAction } from './read-exposure.ts';

/** The actions of each access level, in order. */
export const actionsByLevel = (actions: readonly ExposedAction[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    LEVELS.map((level) => [level, namesOf(actions.filter((each) => each.level === level))] as const).filter(
      ([, names]) => names.length > 0,
    ),
  );

/** The names of actions, each once, in order. */
export const namesOf = (actions: readonly ExposedAction[]): readonly string[] =>
  [...new Set(actions.map(({ action }) => action))].sort();

const LEVELS: readonly AccessLevel[] = ['Permissions management', 'Write', 'Tagging', 'Read', 'List'];

/** When some of the actions is open. */
export const whenAny = (actions: readonly ExposedAction[]): Formula => anyOf(actions.map(({ when }) => when));

/** How bad it is that somebody has these actions: by the worst of them. */
export const severityOf = (
  actions: readonly ExposedAction[],
  severities: Readonly<Record<AccessLevel, Severity>>,
): Severity => {
  const worst = LEVELS.find((level) => actions.some((each) => each.level === level)) ?? 'List';
  return severities[worst];
};

/** The next milder severity. */
export const milder = (severity: Severity): Severity =>
  (({ critical: 'high', high: 'medium', medium: 'low', low: 'low', info: 'info' }) as const)[severity];
