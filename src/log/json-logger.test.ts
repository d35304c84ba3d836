import { expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { jsonLogger } from './json-logger.ts';

const logged = (write: (log: ReturnType<typeof jsonLogger>) => void): readonly string[] => {
  const lines: string[] = [];
  write(jsonLogger({ write: (line) => void lines.push(line) }));
  return lines;
};

it('writes one JSON object a line, with level, time, message and fields', () => {
  const [line = '', ...others] = logged((log) => log.warn('run failed', { group: 'nightly', reason: 'two\nlines' }));
  expect(others).toEqual([]);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    group: 'nightly',
    reason: 'two\nlines',
    message: 'run failed',
  });
});

it('shows no secret, whether by its class or by the name of its field', () => {
  const text = logged((log) =>
    log.error('broke', { token: 'hush', hook: new Secret('hush'), smtp: { password: 'hush', host: 'mail' } }),
  ).join();
  expect(text).not.toContain('hush');
  expect(text).toContain('mail');
});

it('is not led astray by hostile fields', () => {
  const [line = ''] = logged((log) => log.info('seen', { name: '"}\n{"level":"error"', ['__proto__x']: 1 }));
  expect(JSON.parse(line)).toMatchObject({ level: 'info', name: '"}\n{"level":"error"' });
});
