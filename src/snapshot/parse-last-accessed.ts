import type { LastAccessedDocument } from './last-accessed.ts';
import { lastAccessed } from './schemas/beyond-iam.ts';

/** Reads what `last-accessed.json` holds of one principal; null where it is nothing of that kind. */
export const parseServicesLastAccessed = (raw: unknown): LastAccessedDocument[string] | null => {
  const parsed = lastAccessed.safeParse({ principal: raw });
  return parsed.success ? (parsed.data['principal'] ?? null) : null;
};
