import { z } from 'zod';
import { parseInstant } from '../../kernel/time.ts';

/** A time in an input. */
export const instantInput = z.string().transform((text, context) => {
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: parsed.error });
  return z.NEVER;
});
