import { styleText } from 'node:util';
import { processEnvironment, wantsColour } from '../config/environment.ts';
import type { LogFields } from '../ports/logger.ts';
import type { Progress } from '../ports/progress.ts';
import { CLEAR_LINE, progressBar } from './progress-bar.ts';

/** What a command writes to: results to standard output, progress and problems to standard error. */
export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /** A line about a problem or about what is going on. */
  say(line: string): void;
  /** Takes notices as they are, instead of as lines to `say`, where a program listens. */
  notice?(notice: Notice): void;
  readonly progress: Progress;
  /** Wraps text in a terminal style where standard output is a terminal that wants colours. */
  style(format: Style, text: string): string;
}

/** Something to be told that is no result: in words, and as a program wants it. */
export interface Notice {
  readonly level: 'info' | 'warn';
  /** Constant, so that it can be counted. */
  readonly message: string;
  /** What varies: `auditId`, `accountId`, `route`, `reason`. */
  readonly fields: LogFields;
  /** The same in one line for people. */
  readonly line: string;
}

/** The styles in use. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta';

/** The process's own terminal. */
export const processTerminal = (): Terminal => {
  const colour = wantsColour(processEnvironment(), process.stdout.isTTY);
  const progress = process.stderr.isTTY ? progressBar((text) => process.stderr.write(text)) : quiet;
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    say: (line) => void process.stderr.write(`${process.stderr.isTTY ? CLEAR_LINE : ''}${line}\n`),
    progress,
    style: (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text),
  };
};

const quiet: Progress = { phase: () => {}, step: () => {} };

const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Account data as it may be shown on a terminal: control and bidirectional characters become visible escapes. */
export const printable = (text: string): string =>
  text.replace(CONTROL, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? '0'}}`);
