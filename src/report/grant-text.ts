import type { GrantingStatement } from '../finding/check-result.ts';

/** A statement in a cell of a table. People count statements from one; `findings.json` has the index from zero. */
export const grantText = ({ policy, statement }: GrantingStatement): string => `${policy} statement ${statement + 1}`;
