import { expect, it } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { MENDING_COMMANDS } from './mending-commands.ts';
import { allChecks } from './registry.ts';

/** The AWS CLI calls some services otherwise than IAM. */
const PREFIXES = new Map([['accessanalyzer', 'access-analyzer']]);

it('has commands for checks that there are', () => {
  const ids = new Set(allChecks.map(({ id }) => id));
  expect([...MENDING_COMMANDS.keys()].filter((id) => !ids.has(id))).toEqual([]);
});

it('names no command that AWS has no action for', async () => {
  const reference = await loadServiceReference();
  const commands = [...MENDING_COMMANDS.values()].flatMap(({ cli }) => [...cli.matchAll(/^aws (\S+) (\S+)/gm)]);
  expect(commands.length).toBeGreaterThan(50);
  const unknown = commands.filter(([, service = '', command = '']) => {
    const action = `${PREFIXES.get(service) ?? service}:${command.replaceAll('-', '')}`;
    return reference.positionOf(action) === null;
  });
  expect(unknown.map(([text]) => text)).toEqual([]);
});

it('is all in capitals what is to be replaced', () => {
  for (const { cli, terraform } of MENDING_COMMANDS.values())
    expect(`${cli}\n${terraform ?? ''}`).not.toMatch(/<[a-z-]+>|\$\{/);
});
