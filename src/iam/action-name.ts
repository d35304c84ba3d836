import type { Brand } from '../kernel/brand.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** One action, `service:Name`, without wildcards; the case of its letters carries no meaning. */
export type ActionName = Brand<string, 'ActionName'>;

/** Reads an action name. The error is a message in house form. */
export const parseActionName = (text: string): Result<ActionName, string> =>
  /^[A-Za-z0-9-]+:[A-Za-z0-9-]+$/.test(text)
    ? // The only place that mints an ActionName.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
      ok(text as ActionName)
    : err(`\`${text}\` is not an action, such as \`iam:PassRole\``);
