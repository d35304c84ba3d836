import { z } from 'zod';
import { type Instant, parseInstant } from '../kernel/time.ts';

/** An instant as it is written. */
export const instantText = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: parsed.error });
  return z.NEVER;
});
