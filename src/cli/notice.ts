import type { LogFields } from '../ports/logger.ts';
import { type Notice, printable, type Terminal } from './terminal.ts';

/** Tells a notice as a value where a program listens, else as a line. */
export const tellNotice = (terminal: Pick<Terminal, 'say' | 'notice'>, notice: Notice): void => {
  if (terminal.notice === undefined) terminal.say(lineOf(notice));
  else terminal.notice(notice);
};

/** A notice as a terminal shows it. */
export const lineOf = ({ line }: Notice): string => `vigil: ${printable(line)}`;

/** Tells what is in the way of something that goes on without it, under a constant message. */
export const noticeTo =
  (terminal: Pick<Terminal, 'say' | 'notice'>, message: string, fields: LogFields = {}) =>
  (reason: string): void =>
    tellNotice(terminal, { level: 'warn', message, fields: { ...fields, reason }, line: reason });
