import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type AccountSummary, type OrganizationReport, organizationReport } from '../../src/finding/organization-night.ts';
import { toOrganizationTemplates } from '../../src/report/organization-page.ts';
import { renderOrganizationReports } from '../../src/report/render-organization-reports.ts';
import { ORGANIZATION_FILES } from '../../src/report/report-format.ts';
import { toReportTemplates } from '../../src/report/report-templates.ts';
import { exampleFrameworks, exampleOrganization } from '../../src/report/testing/example-organization.ts';

const here = dirname(fileURLToPath(import.meta.url));
const golden = join(here, 'organization');
const textOf = (path: string): string => readFileSync(join(here, '../../templates', path), 'utf8');
const templates = toOrganizationTemplates(toReportTemplates(textOf), textOf);

const render = (report: OrganizationReport): ReadonlyMap<string, string> =>
  renderOrganizationReports(report, { templates, frameworks: exampleFrameworks }, ['html', 'csv', 'json']);

/** The page without its style and script, which are reviewed where they are written, and the hashes of both. */
const reviewed = (text: string): string =>
  text
    .replace(/<style>.*?<\/style>/s, '<style></style>')
    .replace(/<script>.*?<\/script>/s, '<script></script>')
    .replaceAll(/sha256-[A-Za-z0-9+/]+(&#x3D;)*/g, 'sha256-');

const files = render(exampleOrganization);

it('has the files that mails may ask for', () => {
  expect([...files.keys()].sort()).toEqual(Object.values(ORGANIZATION_FILES).flat().sort());
});

if (process.env['UPDATE_GOLDEN'] === '1') {
  mkdirSync(golden, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(golden, name), reviewed(text));
}

/** The same value with the members of all its objects the other way round, as a database may give them back. */
const turned = <Value>(value: Value): Value =>
  JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).reverse())
      : part,
  );

describe('the report about the example organization', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('has as many files as were reviewed', () => {
    expect(readdirSync(golden).sort()).toEqual([...files.keys()].sort());
  });

  it.each([...files])('has %s as it was reviewed (UPDATE_GOLDEN=1 writes it anew)', (name, text) => {
    expect(reviewed(text)).toBe(readFileSync(join(golden, name), 'utf8'));
  });

  it('is the same bytes in whatever order accounts and their members come', () => {
    const accounts: readonly AccountSummary[] = turned(exampleOrganization.accounts).toReversed();
    const expected = exampleOrganization.expected.toReversed();
    expect(render(organizationReport({ ...exampleOrganization, accounts, expected }))).toEqual(files);
  });

  it('is the same bytes in another time zone and locale', () => {
    vi.stubEnv('TZ', 'Pacific/Auckland');
    vi.stubEnv('LC_ALL', 'tr_TR.UTF-8');
    expect(new Date(0).getHours()).not.toBe(0);
    expect(render(exampleOrganization)).toEqual(files);
  });
});
