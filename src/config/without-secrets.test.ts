import { expect, it } from 'vitest';
import { isJsonObject, type JsonValue } from '../kernel/json.ts';
import { loadConfig } from './config.ts';
import { withoutSecrets } from './without-secrets.ts';

const at = (value: JsonValue | undefined, ...path: readonly (string | number)[]): JsonValue | undefined =>
  path.reduce<JsonValue | undefined>((here, step) => {
    if (Array.isArray(here) && typeof step === 'number') return here[step] as JsonValue;
    return isJsonObject(here) ? here[step] : undefined;
  }, value);

const FILE = `
aws: { roleArn: 'arn:aws:iam::111122223333:role/hub', externalId: hub-3f2a }
accounts:
  list: [{ name: payments, roleArn: 'arn:aws:iam::444455556666:role/audit', externalId: pay-3f2a }]
  organization: { roleName: audit, externalId: org-3f2a }
report: { signingKey: { env: SIGNING_KEY } }
history: { password: { env: DATABASE_PASSWORD } }
checks: { options: { user-access-key-not-rotated: { maxAgeDays: 30 } } }
alerts:
  routes: [{ name: mail, channel: email, host: smtp.example.com, user: u, password: { file: /run/smtp }, from: a@b.example, to: [c@d.example] }]
`;

it('tells what was configured, where secrets stand, and none of them', () => {
  const config = loadConfig(
    { name: 'vigil.yaml', text: FILE },
    { VIGIL_HISTORY_URL: 'postgres://vigil:SECRET-3f2a@db.example.com/audits?sslrootcert=/etc/ca.pem' },
  );
  if (!config.ok) throw new Error(config.error.join('\n'));
  const told = withoutSecrets(config.value);
  expect(at(told, 'report', 'signingKey')).toEqual({ env: 'SIGNING_KEY' });
  expect(at(told, 'alerts', 'routes', 0, 'password')).toEqual({ file: '/run/smtp' });
  expect(at(told, 'checks', 'options', 'user-access-key-not-rotated')).toEqual({ maxAgeDays: 30 });
  expect(at(told, 'accounts', 'list', 0, 'name')).toBe('payments');
  expect(at(told, 'accounts', 'list', 0, 'externalId')).toBe('[not told]');
  expect(at(told, 'history', 'url')).toBe('postgres://vigil@db.example.com:5432/audits');
  expect(at(told, 'history', 'password')).toEqual({ env: 'DATABASE_PASSWORD' });
  expect(JSON.stringify(told)).not.toContain('3f2a');
});

it('is the same for the same configuration, however often it is read', () => {
  const read = () => {
    const config = loadConfig({ name: 'vigil.yaml', text: FILE }, {});
    return config.ok ? JSON.stringify(withoutSecrets(config.value)) : '';
  };
  expect(read()).toBe(read());
});
