// Writes the generated parts of the pages: `node test/docs/generate-docs.ts`; with `--check` it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { allChecks } from '../../src/analyze/registry.ts';
import { auditorPolicy } from '../../src/collect/auditor-policy.ts';
import { configSections } from '../../src/config/config-sections.ts';
import { optionRows } from '../../src/config/option-rows.ts';
import { checksTable } from './checks-table.ts';
import { exampleConfig, optionsTable } from './config-options.ts';
import { demoSummary } from './demo-summary.ts';
import { findingsSchemaText } from './findings-schema.ts';
import { layersGraph } from './layers-graph.ts';
import { organizationSchemaText } from './organization-schema.ts';
import { replaceSection } from './replace-section.ts';

const root = new URL('../../', import.meta.url);
const cruiser = z.object({ layers: z.record(z.string(), z.array(z.string())) });

const rows = optionRows(configSections);
const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');

const sections = [
  { file: 'README.md', name: 'summary', content: async () => indented(await demoSummary()) },
  { file: 'README.md', name: 'policy', content: () => indented(JSON.stringify(auditorPolicy(), null, 2)) },
  { file: 'README.md', name: 'options', content: () => optionsTable(rows) },
  { file: 'README.md', name: 'checks', content: () => checksTable(allChecks) },
  {
    file: 'src/README.md',
    name: 'layers',
    content: async () => layersGraph(cruiser.parse(await import(new URL('.dependency-cruiser.mjs', root).href)).layers),
  },
];

const checkOnly = process.argv.includes('--check');
const update = (file: string, what: string, present: string, wanted: string): void => {
  if (wanted === present) return;
  if (checkOnly) {
    console.error(`${file}: ${what} is out of date; run \`node test/docs/generate-docs.ts\``);
    process.exitCode = 1;
  } else {
    writeFileSync(new URL(file, root), wanted);
    console.error(`${file}: ${what} was rewritten`);
  }
};

for (const { file, name, content } of sections) {
  const page = readPage(file);
  const replaced = replaceSection(page, name, await content());
  if (replaced.ok) {
    update(file, `the section \`${name}\``, page, replaced.value);
  } else {
    console.error(`${file}: ${replaced.error}`);
    process.exitCode = 1;
  }
}
const exampleFile = 'config/vigil.example.yaml';
update(exampleFile, 'the file', readPage(exampleFile), exampleConfig(rows));
const schemaFile = 'config/findings.schema.json';
update(schemaFile, 'the file', readPage(schemaFile), findingsSchemaText());
const organizationFile = 'config/organization.schema.json';
update(organizationFile, 'the file', readPage(organizationFile), organizationSchemaText());

// A page that is not there has no markers either, and is reported for those.
function readPage(file: string): string {
  try {
    return readFileSync(new URL(file, root), 'utf8');
  } catch {
    return '';
  }
}
