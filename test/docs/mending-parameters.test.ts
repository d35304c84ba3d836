import * as accessAnalyzer from '@aws-sdk/client-accessanalyzer';
import * as iam from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as s3Control from '@aws-sdk/client-s3-control';
import * as ssoAdmin from '@aws-sdk/client-sso-admin';
import { expect, it } from 'vitest';
import { MENDING_COMMANDS } from '../../src/analyze/mending-commands.ts';

/** What the AWS CLI calls the services whose models the program has anyway. */
const SERVICES: ReadonlyMap<string, object> = new Map<string, object>([
  ['accessanalyzer', accessAnalyzer],
  ['iam', iam],
  ['organizations', organizations],
  ['s3api', s3],
  ['s3control', s3Control],
  ['sso-admin', ssoAdmin],
]);

/** Options of the CLI itself, and those that it has where IAM has a list of bytes. */
const OF_THE_CLI = new Set(['query', 'output', 'region', 'bootstrap-method', 'outfile']);

const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();

/** Names of parameters, without their case. */
interface Parameters {
  readonly all: readonly string[];
  readonly required: readonly string[];
}

const isLazy = (part: unknown): part is () => unknown => typeof part === 'function';

/** The parameters of an operation as AWS's model has them; null: there is no such operation. */
const parametersOf = (service: object, command: string): Parameters | null => {
  const operation = Object.entries(service).find(([name]) => name.toLowerCase() === `${plain(command)}$`)?.[1];
  if (!Array.isArray(operation)) return null;
  const input: unknown = operation.map((part: unknown) => (isLazy(part) ? part() : part))[4];
  const members: unknown = Array.isArray(input) ? input[4] : [];
  const all = Array.isArray(members) ? members.map((member) => plain(String(member))) : [];
  // Those that are required stand first; their number follows the members.
  return { all, required: all.slice(0, Array.isArray(input) && typeof input[6] === 'number' ? input[6] : 0) };
};

it('gives the AWS CLI the parameters that it asks for, and only such as it has', () => {
  const wrong: string[] = [];
  let asked = 0;
  for (const [checkId, { cli }] of MENDING_COMMANDS) {
    for (const [line, service = '', command = '', rest = ''] of cli
      .replaceAll('\\\n', ' ')
      .matchAll(/^aws (\S+) (\S+)(.*)$/gm)) {
      const model = SERVICES.get(service);
      if (model === undefined) continue;
      const known = parametersOf(model, command);
      const given = [...rest.matchAll(/ --([a-z0-9-]+)/g)].map(([, name = '']) => name);
      asked += given.length;
      const names = given.filter((name) => !OF_THE_CLI.has(name)).map(plain);
      if (
        known === null ||
        names.some((name) => !known.all.includes(name)) ||
        known.required.some((name) => !names.includes(name))
      )
        wrong.push(`${checkId}: ${line}`);
    }
  }
  expect(asked).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});
