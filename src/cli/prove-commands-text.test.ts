import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { TranscriptEntry } from '../finding/check-result.ts';
import { commandLines } from './prove-commands-text.ts';

const entry = (more: Partial<TranscriptEntry>): TranscriptEntry => ({
  step: 0,
  caller: 'arn:aws:iam::123456789012:user/alice',
  action: 'iam:PutUserPolicy',
  resource: '*',
  parameters: {},
  outcome: 'done',
  ...more,
});

const lastOf = (more: Partial<TranscriptEntry>): string =>
  commandLines([entry(more)], 'http://127.0.0.1:1').at(-1) ?? '';

it.each([
  [
    { action: 'iam:CreateOpenIDConnectProvider', parameters: { ClientIDList: ['a'] } },
    `aws iam create-open-id-connect-provider --client-id-list '["a"]'`,
  ],
  [
    { action: 'iam:UpdateSAMLProvider', parameters: { SAMLProviderArn: 'arn' } },
    "aws iam update-saml-provider --saml-provider-arn 'arn'",
  ],
  [
    { action: 'iam:CreatePolicyVersion', parameters: { SetAsDefault: true } },
    'aws iam create-policy-version --set-as-default',
  ],
  [
    { action: 'iam:EnableMFADevice', parameters: { AuthenticationCode1: '<a code of the device>' } },
    'aws iam enable-mfa-device --authentication-code1 "${CODE_1:?}"',
  ],
  [{ action: 's3:ListBuckets' }, 'aws s3api list-buckets'],
])('spells %j as the AWS CLI does', (more, line) => {
  expect(lastOf(more)).toBe(line.replace('aws', 'aws --endpoint-url "$ENDPOINT"'));
});

it('quotes whatever a name holds', () => {
  const hostile = `$(touch pwned) \`id\` 'quoted' "double" ; rm -rf * #`;
  const line = lastOf({ action: 'iam:DeleteUser', parameters: { UserName: hostile } });
  const said = execFileSync(
    'sh',
    ['-c', line.replace('aws --endpoint-url "$ENDPOINT" iam delete-user --user-name', "printf '%s'")],
    { cwd: '/' },
  );
  expect(said.toString('utf8')).toBe(hostile);
});

it('keeps hostile text in its comment', () => {
  const lines = commandLines(
    [entry({ caller: 'arn\nrm -rf /', outcome: 'allowed', action: 'a:B', resource: 'x\r\nid' })],
    'http://127.0.0.1:1',
  );
  expect(lines.filter((line) => !/^(?:#|export |ENDPOINT=|$)/.test(line))).toEqual([]);
  expect(lines.join('').includes('\n')).toBe(false);
});

it('prints no control characters of a name', () => {
  expect(lastOf({ action: 'iam:DeleteUser', parameters: { UserName: 'a\u001b[2Jb' } })).toBe(
    '# iam:DeleteUser: a name in it holds control characters',
  );
});
