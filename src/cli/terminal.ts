import { styleText } from 'node:util';
import { processEnvironment, wantsColour } from '../config/environment.ts';
import type { Progress } from '../ports/progress.ts';

/** What a command writes to: results to standard output, progress and problems to standard error. */
export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /** A line about a problem or about what is going on. */
  say(line: string): void;
  readonly progress: Progress;
  /** Wraps text in a terminal style where standard output is a terminal that wants colours. */
  style(format: Style, text: string): string;
}

/** The styles in use. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta';

/** The process's own terminal. */
export const processTerminal = (): Terminal => {
  const colour = wantsColour(processEnvironment(), process.stdout.isTTY);
  const progress = process.stderr.isTTY ? progressBar((text) => process.stderr.write(text)) : quiet;
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    say: (line) => void process.stderr.write(`${clearLine(process.stderr.isTTY)}${line}\n`),
    progress,
    style: (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text),
  };
};

const quiet: Progress = { phase: () => {}, step: () => {} };

const clearLine = (isTerminal: boolean): string => (isTerminal ? '\r\u001b[K' : '');

const BAR_WIDTH = 24;

/** A progress bar that redraws one line of a terminal, and leaves nothing behind when the next phase begins. */
export const progressBar = (write: (text: string) => void): Progress => {
  let name = '';
  let total = 0;
  let done = 0;
  const draw = (): void => {
    const filled = total === 0 ? 0 : Math.round((Math.min(done, total) / total) * BAR_WIDTH);
    const bar = total === 0 ? '' : ` [${'='.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] ${done}/${total}`;
    write(`${clearLine(true)}${name}${bar}`);
  };
  return {
    phase(nextName, nextTotal = 0) {
      [name, total, done] = [nextName, nextTotal, 0];
      if (name === '') write(clearLine(true));
      else draw();
    },
    step() {
      done += 1;
      draw();
    },
  };
};

const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Account data as it may be shown on a terminal: control and bidirectional characters become visible escapes. */
export const printable = (text: string): string =>
  text.replace(CONTROL, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? '0'}}`);
