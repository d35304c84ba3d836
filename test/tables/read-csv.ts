// Readers of CSV other than the one that the program uses: a table is what all of them read alike.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The cells of a table, its header first. */
export type Cells = readonly (readonly string[])[];

const FIELD = /"((?:[^"]|"")*)"|([^",\r\n]*)/y;
const END = /,|\r?\n|$/y;

/** Reads what RFC 4180 allows and nothing else; throws on the first character that it does not. */
export const readStrictly = (text: string): Cells => {
  const rows: string[][] = [];
  let row: string[] = [];
  let position = 0;
  while (position < text.length) {
    FIELD.lastIndex = position;
    const field = FIELD.exec(text);
    position += field?.[0].length ?? 0;
    row.push(field?.[1]?.replaceAll('""', '"') ?? field?.[2] ?? '');
    END.lastIndex = position;
    const end = END.exec(text)?.[0];
    if (end === undefined) throw new Error(`no CSV at character ${position}: ${text.slice(position, position + 20)}`);
    position += end.length;
    if (end !== ',') {
      rows.push(row);
      row = [];
    } else if (position === text.length) row.push('');
  }
  return rows;
};

/** Whether a program of the name can be run here. */
export const isHere = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

const PYTHON = `import csv, json, sys
print(json.dumps([list(csv.reader(open(name, newline="", encoding="utf-8"), strict=True)) for name in sys.argv[1:]]))`;

/** Reads tables by Python's module `csv`. */
export const readByPython = (tables: ReadonlyMap<string, string>): ReadonlyMap<string, Cells> =>
  withFiles(tables, (directory) => {
    const files = [...tables.keys()].map((name) => join(directory, name));
    const read = JSON.parse(
      execFileSync('python3', ['-c', PYTHON, ...files], { maxBuffer: 2 ** 28 }).toString(),
    ) as Cells[];
    return [...tables.keys()].map((name, index) => [name, read[index] ?? []]);
  });

/** More columns than any table has. */
const MANY = 64;

/** Reads tables by LibreOffice Calc, every column as text, which writes them as CSV again: each cell quoted, UTF-8. */
export const readByLibreOffice = (tables: ReadonlyMap<string, string>): ReadonlyMap<string, Cells> =>
  withFiles(tables, (directory) => {
    const asText = Array.from({ length: MANY }, (_, index) => `${index + 1}/2`).join('/');
    const options = [
      `-env:UserInstallation=file://${directory}/profile`,
      '--headless',
      `--infilter=CSV:44,34,76,1,${asText}`,
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true',
      '--outdir',
      join(directory, 'out'),
    ];
    const files = [...tables.keys()].map((name) => join(directory, name));
    execFileSync('soffice', [...options, ...files], { stdio: 'ignore' });
    return [...tables.keys()].map((name) => [name, readStrictly(readFileSync(join(directory, 'out', name), 'utf8'))]);
  });

const withFiles = (
  tables: ReadonlyMap<string, string>,
  read: (directory: string) => readonly (readonly [string, Cells])[],
): ReadonlyMap<string, Cells> => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-tables-'));
  try {
    for (const [name, text] of tables) writeFileSync(join(directory, name), text);
    return new Map(read(directory));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
