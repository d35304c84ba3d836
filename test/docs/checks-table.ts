import type { Check } from '../../src/analyze/define-check.ts';

/** The table of checks as Markdown: by family, then by id. */
export const checksTable = (checks: readonly Check[]): string => {
  const byFamily = checks.toSorted(
    (left, right) => compare(left.category, right.category) || compare(left.id, right.id),
  );
  return [
    '| check | family | severity | what it compares | options | controls |',
    '| --- | --- | --- | --- | --- | --- |',
    ...byFamily.map(({ id, category, severity, doc, defaults, frameworks }) =>
      row([`\`${id}\``, category, severity, doc.what, options(defaults), frameworks.join(', ')]),
    ),
  ].join('\n');
};

const options = (defaults: Check['defaults']): string =>
  Object.entries(defaults)
    .map(([name, value]) => `\`${name}\` ${JSON.stringify(value)}`)
    .join(', ');

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
