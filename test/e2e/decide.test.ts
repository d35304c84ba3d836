import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { program, runVigil } from './run-vigil.ts';

type Running = ChildProcessByStdio<Writable, Readable, Readable>;

let running: Running | undefined;
afterEach(() => void running?.kill('SIGKILL'));

const start = (): Running => {
  running = spawn(process.execPath, [program, 'decide'], { stdio: ['pipe', 'pipe', 'pipe'] });
  // Whoever ends early closes its end of the pipe.
  running.stdin.on('error', () => {});
  return running;
};

const decide = async (input: string | Uint8Array) => {
  const child = start();
  const done = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  child.stdin.end(input);
  const [stdout, stderr, [exitCode]] = await done;
  return { stdout, stderr, exitCode: exitCode as number | null };
};

const answersIn = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly id: unknown; readonly decision?: string; readonly error?: string });

const line = (id: unknown, action = 's3:GetObject', more: object = {}): string =>
  `${JSON.stringify({
    id,
    request: {
      principalArn: 'arn:aws:iam::111122223333:user/alice',
      principalType: 'user',
      action,
      resource: 'arn:aws:s3:::amzn-s3-demo-bucket/key',
      resourceAccount: '111122223333',
    },
    identityPolicies: [
      {
        name: 'p',
        document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' } },
      },
    ],
    ...more,
  })}\n`;

describe('vigil decide', () => {
  it('answers nothing to nothing', async () => {
    expect(await decide('')).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  });

  it('answers in order, bad lines among them, and the last line without its end', async () => {
    const { stdout, stderr, exitCode } = await decide(
      `${line(1)}\n{"id":"two"\nnull\r\n${line('three', 's3:PutObject')}${line(4).trimEnd()}`,
    );
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(answersIn(stdout).map(({ id, decision, error }) => [id, decision ?? error])).toEqual([
      [1, 'Allowed'],
      [null, 'the line is no JSON'],
      [null, 'expected object, received null'],
      ['three', 'ImplicitlyDenied'],
      [4, 'Allowed'],
    ]);
  });

  it('answers while the input is still open', async () => {
    const { stdin, stdout } = start();
    for (const id of [1, 2]) {
      stdin.write(line(id));
      const [chunk] = (await once(stdout, 'data')) as [Buffer];
      expect(answersIn(chunk.toString())).toMatchObject([{ id, decision: 'Allowed' }]);
    }
  });

  it('answers a line of ten megabytes, and those after it', async () => {
    const Statement = Array.from({ length: 20_000 }, (_, index) => ({
      Effect: 'Deny',
      Action: `ec2:Action${index}`,
      Resource: `arn:aws:ec2:us-east-1:111122223333:${'x'.repeat(450)}`,
    }));
    const big = line('big', 's3:GetObject', { groupPolicies: [{ name: 'g', document: { Statement } }] });
    expect(big.length).toBeGreaterThan(10_000_000);
    expect(answersIn((await decide(big + line('small'))).stdout)).toMatchObject([
      { id: 'big', decision: 'Allowed' },
      { id: 'small', decision: 'Allowed' },
    ]);
  });

  it('waits for a slow reader instead of hoarding answers, and loses none', async () => {
    const { stdin, stdout } = start();
    const input = Array.from({ length: 5_000 }, (_, id) => line(id)).join('');
    let taken = false;
    stdin.end(input, () => {
      taken = true;
    });
    // Its answers fill the pipe long before the input ends, so that the rest of the input must wait in ours.
    await once(stdout, 'readable');
    expect(taken).toBe(false);
    const answers = answersIn(await text(stdout));
    expect(answers.map(({ id }) => id)).toEqual(Array.from({ length: 5_000 }, (_, id) => id));
  });

  it('ends quietly when its reader goes away', async () => {
    const child = start();
    child.stdout.destroy();
    child.stdin.end(Array.from({ length: 2_000 }, (_, id) => line(id)).join(''));
    const [[exitCode], stderr] = await Promise.all([once(child, 'close'), text(child.stderr)]);
    expect({ exitCode: exitCode as number, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('takes no arguments', async () => {
    expect(await runVigil(['decide', 'file.jsonl'], '.')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('answers the example of the README as the README says', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const example = /<!-- decide:begin -->\n([\s\S]*?)<!-- decide:end -->/.exec(readme)?.[1] ?? '';
    const [request = '', answer = ''] = example
      .split(/^ {4}(?=\{)/m)
      .slice(1)
      .map((block) => block.replaceAll(/\n\s*/g, ''));
    expect(answersIn((await decide(request)).stdout)).toEqual([JSON.parse(answer)]);
  });
});
