import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadConfig } from '../config/config.ts';
import { parseRemovedNights } from '../evidence/removed-nights.ts';
import { verifyChain } from '../evidence/verify-chain.ts';
import { parseInstant } from '../kernel/time.ts';
import { nightsIn } from './pack-files.ts';
import { performAudit } from './perform-audit.ts';
import type { Notice, Terminal } from './terminal.ts';

let directory = '';
let notices: Notice[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-retain-'));
  notices = [];
  writeFileSync(join(directory, 'small.yaml'), 'accountId: "123456789012"\nusers:\n  - { userName: ada }\n');
});
afterEach(() => rmSync(directory, { recursive: true }));

const terminal: Terminal = {
  print: () => {},
  say: () => {},
  notice: (notice) => void notices.push(notice),
  progress: { phase: () => {}, step: () => {} },
  style: (_, text) => text,
};

const reports = (): string => join(directory, 'reports');
const nightly = (): readonly string[] =>
  readdirSync(reports())
    .filter((name) => /^\d/.test(name))
    .sort();

/** Audits at 03:00 of a day of November. */
const audit = async (day: string, limits: string): Promise<void> => {
  const config = loadConfig(
    { name: 'vigil.yaml', text: `report: { directory: ${JSON.stringify(reports())}, formats: [json], ${limits} }` },
    {},
  );
  const now = parseInstant(`2026-11-${day}T03:00:00Z`);
  if (!config.ok || !now.ok) throw new Error('the test is wrong');
  const options = { emulated: join(directory, 'small.yaml'), now: now.value, history: join(directory, 'h.sqlite') };
  expect(await performAudit(options, config.value, terminal)).toMatchObject({ ok: true });
};

it('removes old nights that Vigil made and nothing else, tells of it, and the chain knows', async () => {
  for (const day of ['01', '02', '03', '04']) await audit(day, 'maxAgeDays: 0');
  const run = (day: string): string => join(reports(), `202611${day}T030000Z`);
  // One with somebody's notes, one that is a link, one that only has the name.
  writeFileSync(join(run('02'), 'notes.txt'), 'mine');
  mkdirSync(join(directory, 'elsewhere'));
  symlinkSync(run('03'), join(reports(), '20261020T030000Z'));
  mkdirSync(join(reports(), '20261021T030000Z'));
  await audit('05', 'maxRuns: 1');
  expect(nightly()).toEqual(['20261020T030000Z', '20261021T030000Z', '20261102T030000Z', '20261105T030000Z']);
  expect(readdirSync(reports()).filter((name) => name.includes('vigil-publish'))).toEqual([]);
  expect(notices.filter(({ message }) => message === 'report removed').map(({ fields }) => fields)).toEqual(
    ['01', '03', '04'].map((day) => ({ auditId: `202611${day}T030000Z` })),
  );
  for (const name of ['20261020T030000Z', '20261021T030000Z']) rmSync(join(reports(), name), { recursive: true });
  const nights = await nightsIn(reports());
  if (!nights.ok) throw new Error(nights.error);
  const record = parseRemovedNights(readFileSync(join(reports(), 'removed-nights.jsonl'), 'utf8'));
  expect(verifyChain(nights.value.nights, record)).toMatchObject({
    problems: [],
    removed: ['20261101T030000Z', '20261104T030000Z'],
  });
  expect(verifyChain(nights.value.nights).problems).toHaveLength(2);
  expect(
    verifyChain(nights.value.nights, new Map([...record.keys()].map((id) => [id, 'other']))).problems,
  ).toHaveLength(2);
});

it('keeps everything where no limit is configured, and clears what a killed run left an hour ago', async () => {
  await audit('01', 'evidence: false');
  const [old, fresh] = ['.20261001T030000Z.vigil-publish-abcdef', '.20261002T030000Z.vigil-publish-abcdef'];
  for (const name of [old, fresh]) mkdirSync(join(reports(), name));
  const twoHoursAgo = Date.now() / 1000 - 7200;
  utimesSync(join(reports(), old), twoHoursAgo, twoHoursAgo);
  await audit('20', 'evidence: false');
  expect(nightly()).toHaveLength(2);
  expect([old, fresh].map((name) => existsSync(join(reports(), name)))).toEqual([false, true]);
});
