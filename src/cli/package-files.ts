import { readdirSync, readFileSync } from 'node:fs';

/** The package's own root, two levels above this file in `src/cli` as in `dist/cli`. */
const packageRoot = new URL('../../', import.meta.url);

/** Reads a file that the package ships, such as `templates/report.hbs`. */
export const packageFile = (path: string): string => readFileSync(new URL(path, packageRoot), 'utf8');

/** The names of the files in a directory that the package ships, in order. */
export const packageFilesIn = (directory: string): readonly string[] =>
  readdirSync(new URL(`${directory}/`, packageRoot)).sort();

/** The version of this package. */
export const vigilVersion = (): string => {
  const version = /"version": "([^"]+)"/.exec(packageFile('package.json'))?.[1];
  if (version === undefined) throw new Error('package.json has no version');
  return version;
};
