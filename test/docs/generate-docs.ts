// Writes the generated parts of the pages: `node test/docs/generate-docs.ts`; with `--check` it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { allChecks } from '../../src/analyze/registry.ts';
import { checksTable } from './checks-table.ts';
import { layersGraph } from './layers-graph.ts';
import { replaceSection } from './replace-section.ts';

const root = new URL('../../', import.meta.url);
const cruiser = z.object({ layers: z.record(z.string(), z.array(z.string())) });

const sections = [
  { file: 'README.md', name: 'checks', content: () => checksTable(allChecks) },
  {
    file: 'src/README.md',
    name: 'layers',
    content: async () => layersGraph(cruiser.parse(await import(new URL('.dependency-cruiser.mjs', root).href)).layers),
  },
];

const checkOnly = process.argv.includes('--check');
for (const { file, name, content } of sections) {
  const page = readPage(file);
  const replaced = replaceSection(page, name, await content());
  if (!replaced.ok) {
    console.error(`${file}: ${replaced.error}`);
    process.exitCode = 1;
  } else if (replaced.value !== page && checkOnly) {
    console.error(`${file}: the section \`${name}\` is out of date; run \`node test/docs/generate-docs.ts\``);
    process.exitCode = 1;
  } else if (replaced.value !== page) {
    writeFileSync(new URL(file, root), replaced.value);
    console.error(`${file}: the section \`${name}\` was rewritten`);
  }
}

// A page that is not there has no markers either, and is reported for those.
function readPage(file: string): string {
  try {
    return readFileSync(new URL(file, root), 'utf8');
  } catch {
    return '';
  }
}
