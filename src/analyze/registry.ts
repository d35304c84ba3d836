import { checks } from './checks/index.ts';
import type { Check } from './define-check.ts';

/** Every check there is, ordered by id. */
export const allChecks: readonly Check[] = [...checks].sort((left, right) => (left.id < right.id ? -1 : 1));
