import type { Check } from '../../src/analyze/define-check.ts';
import { compareText } from '../../src/kernel/compare-text.ts';
import { markdownTable } from './markdown-table.ts';

/** The table of checks as Markdown: by family, then by id. */
export const checksTable = (checks: readonly Check[]): string =>
  markdownTable(
    ['check', 'family', 'severity', 'what it compares', 'options', 'controls'],
    checks
      .toSorted((left, right) => compareText(left.category, right.category) || compareText(left.id, right.id))
      .map(({ id, category, severity, doc, defaults, frameworks }) => [
        `\`${id}\``,
        category,
        severity,
        doc.what,
        options(defaults),
        frameworks.join(', '),
      ]),
  );

const options = (defaults: Check['defaults']): string =>
  Object.entries(defaults)
    .map(([name, value]) => `\`${name}\` ${JSON.stringify(value)}`)
    .join(', ');
