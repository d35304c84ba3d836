import { expect, it } from 'vitest';
import { progressBar } from './progress-bar.ts';
import { printable } from './terminal.ts';

it('draws a bar over one line and clears it when the work is over', () => {
  const written: string[] = [];
  const bar = progressBar((text) => written.push(text));
  bar.phase('access keys', 2);
  bar.step();
  bar.phase('');
  expect(written).toEqual([
    '\r\u001b[Kaccess keys [                        ] 0/2',
    '\r\u001b[Kaccess keys [============            ] 1/2',
    '\r\u001b[K',
  ]);
});

it('names a phase of unknown length without a bar', () => {
  const written: string[] = [];
  progressBar((text) => written.push(text)).phase('credential report');
  expect(written).toEqual(['\r\u001b[Kcredential report']);
});

it('shows what could take over a terminal or turn text around as escapes', () => {
  expect(printable('a\u001b[2Jb\u202ec\nd')).toBe('a\\u{1b}[2Jb\\u{202e}c\\u{a}d');
  expect(printable('Übung 🔑 =cmd')).toBe('Übung 🔑 =cmd');
});
