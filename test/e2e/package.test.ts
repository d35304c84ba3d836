import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

it('packs the program, its templates and its configuration, and neither tests nor more than 10 MB', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [packed]: Packed[] = JSON.parse(text);
  const paths = packed?.files.map(({ path }) => path) ?? [];
  expect(paths).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'package.json',
      'dist/cli/vigil.js',
      'templates/report.hbs',
      'config/demo-account.yaml',
      'config/findings.schema.json',
    ]),
  );
  expect(paths.filter((path) => /\.test\.|^test\/|testing|\.ts$|tsbuildinfo/.test(path))).toEqual([]);
  expect(packed?.size).toBeLessThan(10_000_000);
});
