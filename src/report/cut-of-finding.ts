import type { Finding } from '../finding/audit-report.ts';
import { isJsonObject } from '../kernel/json.ts';

/** The change that closes a finding, in words, as its evidence holds it; null: none is known. */
export const cutOfFinding = ({ evidence }: Pick<Finding, 'evidence'>): string | null => {
  const cut = evidence['cut'];
  const text = cut !== undefined && isJsonObject(cut) ? cut['text'] : undefined;
  return typeof text === 'string' ? text : null;
};
