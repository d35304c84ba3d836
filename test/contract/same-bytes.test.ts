import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REPORT_FORMATS } from '../../src/report/report-format.ts';
import { printSnapshotFiles } from '../../src/snapshot/snapshot-directory.ts';
import { documents, userDetail } from '../../src/snapshot/testing/documents-builder.ts';
import { allow } from '../../src/snapshot/testing/policy-builder.ts';

const program = new URL('../../src/cli/vigil.ts', import.meta.url).pathname;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-zones-'));
  mkdirSync(join(directory, 'account'));
  const admin = { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('*') }] };
  const names = ['Zoe', 'ägidius', 'zoe', 'Ärmel', 'i', 'I', 'ı'].map((name) =>
    encodeURIComponent(name).replaceAll('%', ''),
  );
  const saved = documents({ details: { UserDetailList: names.map((name) => userDetail(name, admin)) } });
  for (const [name, text] of printSnapshotFiles(saved)) writeFileSync(join(directory, 'account', name), text);
});
afterAll(() => rmSync(directory, { recursive: true }));

const filesOf = async (out: string, zone: { readonly TZ: string; readonly LANG: string }) => {
  const environment = { ...process.env, ...zone, LC_ALL: zone.LANG };
  const given = ['audit', '--from', 'account', '--out', out, '--evidence', '--format', REPORT_FORMATS.join(',')];
  await promisify(execFile)(process.execPath, [program, ...given], { cwd: directory, env: environment });
  const names = readdirSync(join(directory, out)).sort();
  return new Map(names.map((name) => [name, readFileSync(join(directory, out, name)).toString('base64')]));
};

it('one snapshot gives the same bytes, the ZIP too, in whatever time zone and language', async () => {
  const far = await filesOf('a', { TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8' });
  const odd = await filesOf('b', { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8' });
  expect(far.size).toBeGreaterThan(REPORT_FORMATS.length);
  for (const [name, bytes] of far) expect(odd.get(name) === bytes ? 'same' : name).toBe('same');
  expect([...odd.keys()]).toEqual([...far.keys()]);
}, 60_000);
