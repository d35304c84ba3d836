import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_CHECK_SETTINGS } from '../analyze/testing/default-settings.ts';
import { exampleReport } from '../report/testing/example-report.ts';
import { renderInWording } from './render-outcome.ts';
import { reportWording } from './report-wording.ts';

const base = mkdtempSync(join(tmpdir(), 'vigil-templates-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(base, 't-'));
});

const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
};

const problems = async (): Promise<readonly string[]> => {
  const wording = await reportWording({ templates: directory });
  return wording.ok ? [] : wording.error.map((problem) => problem.replace(`${directory}/`, ''));
};

const page = async (): Promise<string | null | undefined> => {
  const wording = await reportWording({ templates: directory });
  if (!wording.ok) throw new Error(wording.error.join('\n'));
  const outcome = { report: exampleReport, snapshots: [], judged: [], controls: [] };
  const files = await renderInWording(
    { outcome, formats: ['html'], checkSettings: DEFAULT_CHECK_SETTINGS, wording: wording.value },
    (problem) => {
      throw new Error(problem);
    },
  );
  return files.get('report.html');
};

describe('templates of one’s own', () => {
  it('take the place of those of their names, styles too', async () => {
    write('prose.hbs', '<i>ours</i>');
    write('style/print.css', '.ours { color: red }');
    const html = await page();
    expect(html).toContain('<i>ours</i>');
    expect(html).toContain('.ours { color: red }');
    expect(html).toContain('id="findings"');
  });

  it.each([
    ['findings.hbs', '', 'findings.hbs: is no template of a report; did you mean `finding.hbs`?'],
    ['script/copy.js', '', 'script/copy.js: the script of the page is Vigil’s own'],
    ['finding.hbs', 'a\nb\n{{#if x}}', /^finding\.hbs:3: is no Handlebars/],
    ['finding.hbs', 'a\n{{shout title}}', /^finding\.hbs:2: .*unknown helper shout/],
    ['style/base.css', 'a {}</style>', 'style/base.css: holds text that would end the page’s style early'],
  ])('that cannot be are refused with file and line: %s %j', async (name, text, problem) => {
    write(name, text);
    expect(await problems()).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]);
  });

  it('that print what a report does not have are told with file and line', async () => {
    write('finding.hbs', '<tbody>\n\n  <tr><td>{{anchor}}</td>\n    <td>{{colour}}</td>\n</tr></tbody>');
    await expect(page()).rejects.toThrow(/^report\.templates: finding\.hbs:4: "colour" not defined/);
    write('finding.hbs', '');
    write('report.hbs', 'one\ntwo {{nothing}}');
    await expect(page()).rejects.toThrow(/^report\.templates: report\.hbs:2: "nothing" not defined/);
  });

  it('in a directory that is not there are refused', async () => {
    const wording = await reportWording({ templates: join(directory, 'none') });
    expect(wording.ok).toBe(false);
  });
});
