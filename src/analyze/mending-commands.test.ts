import { expect, it } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { MENDING_COMMANDS } from './mending-commands.ts';
import { allChecks } from './registry.ts';

/** The AWS CLI calls some services otherwise than IAM. */
const PREFIXES = new Map([
  ['accessanalyzer', 'access-analyzer'],
  ['s3api', 's3'],
  ['service-quotas', 'servicequotas'],
  ['sso-admin', 'sso'],
]);

/** Commands that are called otherwise than the actions that they need. */
const ACTIONS = new Map([['s3control put-public-access-block', 's3:PutAccountPublicAccessBlock']]);

it('has commands for checks that there are', () => {
  const ids = new Set(allChecks.map(({ id }) => id));
  expect([...MENDING_COMMANDS.keys()].filter((id) => !ids.has(id))).toEqual([]);
});

it('names no command that AWS has no action for', async () => {
  const reference = await loadServiceReference();
  const commands = [...MENDING_COMMANDS.values()].flatMap(({ cli }) => [...cli.matchAll(/^aws (\S+) (\S+)/gm)]);
  expect(commands.length).toBeGreaterThan(200);
  const unknown = commands.filter(([, service = '', command = '']) => {
    const plain = `${PREFIXES.get(service) ?? service}:${command.replaceAll('-', '')}`;
    const action = ACTIONS.get(`${service} ${command}`) ?? plain;
    return reference.positionOf(action) === null;
  });
  expect(unknown.map(([text]) => text)).toEqual([]);
});

it('is all in capitals what is to be replaced', () => {
  for (const { cli, terraform } of MENDING_COMMANDS.values())
    expect(`${cli}\n${terraform ?? ''}`).not.toMatch(/<[a-z-]+>|\$\{/);
});
