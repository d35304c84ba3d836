import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishReport } from './publish-report.ts';
import { diskSteps, type PublishSteps } from './publish-steps.ts';

const OLD = new Map([
  ['report.html', 'old page'],
  ['findings.csv', 'old table'],
  ['findings.json', 'old findings'],
]);
const NEW = new Map<string, string | null>([
  ['report.html', 'new page'],
  ['findings.csv', null],
  ['coverage.csv', null],
  ['principals.csv', 'new principals'],
  ['findings.json', 'new findings'],
]);

let parent: string;
let out: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'vigil-publish-'));
  out = join(parent, 'reports');
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** The files that a reader finds, but for hidden ones. */
const readable = (directory = out): Record<string, string> => {
  if (!existsSync(directory)) return {};
  const names = readdirSync(directory).filter((name) => !name.startsWith('.') && existsSync(join(directory, name)));
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
};

const hidden = (directory: string): string[] => readdirSync(directory).filter((name) => name.startsWith('.'));

const kill = new Error('killed');

/** Steps on the disk, of which the one of that number (from 1) and all after it never happen. */
const killedAt = (number: number): { steps: PublishSteps; wasKilled: () => boolean } => {
  let taken = 0;
  const guarded =
    <Arguments extends readonly unknown[], Value>(
      step: (...given: Arguments) => Promise<Value>,
      half?: (...given: Arguments) => void,
    ) =>
    (...given: Arguments): Promise<Value> => {
      taken += 1;
      if (taken < number) return step(...given);
      if (taken === number) half?.(...given);
      return Promise.reject(kill);
    };
  return {
    wasKilled: () => taken >= number,
    steps: {
      makeDirectory: guarded(diskSteps.makeDirectory),
      makeUniqueDirectory: guarded(diskSteps.makeUniqueDirectory),
      writeFile: guarded(diskSteps.writeFile, (path, text) => writeFileSync(path, text.slice(0, 3))),
      syncDirectory: guarded(diskSteps.syncDirectory),
      rename: guarded(diskSteps.rename),
      link: guarded(diskSteps.link),
      symlink: guarded(diskSteps.symlink),
      unlink: guarded(diskSteps.unlink),
      // A tree goes file by file: half of it is gone when the process dies.
      removeTree: guarded(diskSteps.removeTree, (path) => {
        const [first] = existsSync(path) ? readdirSync(path) : [];
        if (first !== undefined) rmSync(join(path, first), { recursive: true });
      }),
      names: guarded(diskSteps.names),
      linkTarget: guarded(diskSteps.linkTarget),
      realFile: guarded(diskSteps.realFile),
    },
  };
};

const withNew = (old: Record<string, string>): Record<string, string> => {
  const { 'findings.csv': _, ...kept } = old;
  return { ...kept, 'report.html': 'new page', 'principals.csv': 'new principals', 'findings.json': 'new findings' };
};

describe('publishing', () => {
  it('makes the directory, with its parents, for its owner alone', async () => {
    const deep = join(out, '2026', 'march');
    expect(await publishReport(deep, NEW)).toEqual({ ok: true, value: undefined });
    expect(readable(deep)).toEqual(withNew({}));
    expect(statSync(deep).mode & 0o777).toBe(0o700);
    expect(statSync(join(deep, 'findings.json')).mode & 0o777).toBe(0o600);
    expect(hidden(join(out, '2026'))).toEqual([]);
  });

  it('replaces and removes the files of its names and leaves all others, the directory and its mode alone', async () => {
    mkdirSync(out, { mode: 0o755 });
    chmodSync(out, 0o755);
    writeFileSync(join(out, 'notes.txt'), 'mine');
    mkdirSync(join(out, 'archive'));
    const { ino } = statSync(out);
    await publishReport(out, OLD);
    await publishReport(out, NEW);
    expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine');
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe('new page');
    expect(statSync(out).ino).toBe(ino);
    expect(statSync(out).mode & 0o777).toBe(0o755);
    expect(readdirSync(out).sort()).toEqual(['archive', 'findings.json', 'notes.txt', 'principals.csv', 'report.html']);
  });

  it('ends with plain files, not with links', async () => {
    await publishReport(out, OLD);
    await publishReport(out, NEW);
    for (const name of Object.keys(withNew({}))) expect(lstatSync(join(out, name)).isFile()).toBe(true);
  });

  it('publishes through a link to a directory', async () => {
    mkdirSync(join(parent, 'volume'));
    symlinkSync('volume', out);
    await publishReport(out, OLD);
    await publishReport(out, NEW);
    expect(readable(join(parent, 'volume'))).toEqual(withNew(Object.fromEntries(OLD)));
  });

  it('writes any text as it is', async () => {
    const text = 'Åsa 😀 \u0000 \r\n';
    await publishReport(out, new Map([['findings.csv', text]]));
    expect(readable()).toEqual({ 'findings.csv': text });
  });
});

describe('a process killed at any step', () => {
  const killPoints = Array.from({ length: 200 }, (_, index) => index + 1);

  /** Publishes with a kill at each step in turn, until one run is through. Returns how many kills there were. */
  const killEverywhere = async (prepare: () => Promise<void>, verify: () => void | Promise<void>): Promise<number> => {
    for (const number of killPoints) {
      rmSync(out, { recursive: true, force: true });
      await prepare();
      const { steps, wasKilled } = killedAt(number);
      await publishReport(out, NEW, steps);
      if (!wasKilled()) return number - 1;
      await verify();
    }
    throw new Error('publishing takes more steps than there are kill points');
  };

  const before = async (): Promise<void> => {
    await publishReport(out, OLD);
    writeFileSync(join(out, 'notes.txt'), 'mine');
  };
  const old = { ...Object.fromEntries(OLD), 'notes.txt': 'mine' };

  it('leaves nothing or the whole report where there was no directory', async () => {
    const kills = await killEverywhere(
      async () => undefined,
      () => expect([{}, withNew({})]).toContainEqual(readable()),
    );
    expect(kills).toBeGreaterThan(8);
  });

  it('leaves the old report or the new one where there was one', async () => {
    const seen = new Set<string>();
    const kills = await killEverywhere(before, () => {
      const found = readable();
      expect([old, withNew(old)]).toContainEqual(found);
      seen.add(found['findings.json'] ?? '');
    });
    expect(kills).toBeGreaterThan(30);
    expect(seen).toEqual(new Set(['old findings', 'new findings']));
  });

  it('leaves foreign files alone, or the report, in a directory without one', async () => {
    await killEverywhere(
      async () => {
        mkdirSync(out);
        writeFileSync(join(out, 'notes.txt'), 'mine');
      },
      () => expect([{ 'notes.txt': 'mine' }, withNew({ 'notes.txt': 'mine' })]).toContainEqual(readable()),
    );
  });

  it('is made good by the next run, which leaves nothing behind', async () => {
    await killEverywhere(before, async () => {
      await publishReport(out, NEW);
      expect(readable()).toEqual(withNew(old));
      expect(hidden(out)).toEqual([]);
      expect(hidden(parent)).toEqual([]);
      for (const name of Object.keys(withNew({}))) expect(lstatSync(join(out, name)).isFile()).toBe(true);
    });
  });

  it('is made good even when the next run is killed as well, at any step', async () => {
    for (const number of killPoints) {
      rmSync(out, { recursive: true, force: true });
      await before();
      // Some names are links by then, and `current` still leads to the old files.
      await publishReport(out, NEW, killedAt(27).steps);
      expect(lstatSync(join(out, 'report.html')).isSymbolicLink()).toBe(true);
      const second = killedAt(number);
      await publishReport(out, NEW, second.steps);
      expect([old, withNew(old)]).toContainEqual(readable());
      if (!second.wasKilled()) return;
    }
  });
});

describe('what stands in the way', () => {
  const message = async (directory: string, steps?: PublishSteps): Promise<string> => {
    const result = await publishReport(directory, NEW, steps);
    return result.ok ? 'published' : result.error.replaceAll(parent, '');
  };

  /** Steps that fail once with a system error at writing, and otherwise work. */
  const failing = (code: string): PublishSteps => ({
    ...diskSteps,
    writeFile: () => Promise.reject(Object.assign(new Error(code), { code })),
  });

  it('is said where the directory is a file, or lies below one', async () => {
    writeFileSync(out, 'a file');
    expect(await message(out)).toBe(
      'cannot write the report to `/reports`: it is a file, or lies below one; name a directory',
    );
    expect(await message(join(out, 'below'))).toBe(
      'cannot write the report to `/reports/below`: it is a file, or lies below one; name a directory',
    );
    expect(readFileSync(out, 'utf8')).toBe('a file');
  });

  it('is said where a directory has the name of a report file', async () => {
    mkdirSync(join(out, 'report.html'), { recursive: true });
    expect(await message(out)).toBe(
      'cannot write the report to `/reports`: a directory has the name of a report file; remove it or name another directory',
    );
    expect(readdirSync(out)).toEqual(['report.html']);
  });

  it.each([
    ['EACCES', 'permission denied'],
    ['EROFS', 'the file system is read-only'],
    ['ENOSPC', 'the disk is full'],
  ])('is said for %s, and the old report stays, with nothing left over', async (code, reason) => {
    await publishReport(out, OLD);
    expect(await message(out, failing(code))).toBe(`cannot write the report to \`/reports\`: ${reason}`);
    expect(readable()).toEqual(Object.fromEntries(OLD));
    expect(hidden(out)).toEqual([]);
  });

  it('leaves nothing over where the directory is new', async () => {
    expect(await message(out, failing('ENOSPC'))).toBe('cannot write the report to `/reports`: the disk is full');
    expect(readdirSync(parent)).toEqual([]);
  });
});
