import { CommanderError, Option } from 'commander';
import { holdsPassword } from '../kernel/postgres-url.ts';
import { EXIT } from './exit-codes.ts';

/** The option `--history` of every command that needs the history; `besides`: what else is to be said of it. */
export const historyOption = (besides = ''): Option =>
  placeOption(
    'history',
    `where audits are remembered: a file or a postgres:// URL (default: \`history.url\`, then \`history.file\`${besides})`,
  );

/** An option that names the place of a history. */
export const placeOption = (name: string, description: string): Option =>
  new Option(`--${name} <PLACE>`, description).argParser((place: string) => withoutPassword(place, name));

// Whoever lists the processes of this machine sees what they were given.
const withoutPassword = (place: string, option: string): string => {
  if (!holdsPassword(place)) return place;
  // The message of a mere invalid argument would repeat it.
  const message = `option \`--${option}\`: others see the password: give it as \`history.password\` or in \`VIGIL_HISTORY_URL\``;
  throw new CommanderError(EXIT.usage, 'vigil.password', message);
};
