import { checks } from './checks/index.ts';
import type { Check } from './define-check.ts';
import { escalationMethods } from './escalation/catalogue/index.ts';

/** Every check there is, ordered by id. */
export const allChecks: readonly Check[] = [...checks].sort((left, right) => (left.id < right.id ? -1 : 1));

/** What the methods of the escalation catalogue are called, by id. */
export const methodTitles: ReadonlyMap<string, string> = new Map(escalationMethods.map(({ id, title }) => [id, title]));
