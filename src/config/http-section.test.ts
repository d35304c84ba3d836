import { expect, it } from 'vitest';
import { loadConfig } from './config.ts';

it.each([
  ['a port that is none', 'http: { port: 0 }', 'vigil.yaml:1:15: http.port'],
  ['an address that is none', 'http: { port: 1, host: "a b" }', 'vigil.yaml:1:24: http.host: must be an address'],
  [
    'to be reached by others without a token',
    'http: { port: 9464, host: 0.0.0.0 }',
    'vigil.yaml:1:27: http.host: `0.0.0.0` may',
  ],
  ['a token that stands in the file', 'http: { token: hush }', 'vigil.yaml:1:16: http.token: must be `{ env: NAME }`'],
  ['a token from two places', 'http: { token: { env: A, file: b } }', 'must have one of `env` and `file`'],
])('refuses %s', (_, text, problem) => {
  const config = loadConfig({ name: 'vigil.yaml', text }, {});
  expect(config.ok ? '' : config.error.join('\n')).toContain(problem);
});

it('refuses to be reached by others without a token where the environment says so too', () => {
  const config = loadConfig(null, { VIGIL_HTTP_PORT: '9464', VIGIL_HTTP_HOST: '0.0.0.0' });
  expect(config).toMatchObject({ ok: false, error: [expect.stringContaining('http.host: `0.0.0.0` may be')] });
});

it('may be reached by others with a token', () => {
  const config = loadConfig({ name: 'vigil.yaml', text: 'http: { port: 1, host: "::", token: { env: T } }' }, {});
  expect(config.ok && config.value.http).toEqual({ port: 1, host: '::', token: { env: 'T' } });
});
