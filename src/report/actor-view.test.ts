import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../finding/actor.ts';
import { at } from '../snapshot/testing/collected-builder.ts';
import { htmlReport } from './html-report.ts';
import { toReportTemplates } from './report-templates.ts';
import { reportView } from './report-view.ts';
import { exampleReport, exampleTexts, findingOf } from './testing/example-report.ts';

const templates = toReportTemplates((path) =>
  readFileSync(new URL(`../../templates/${path}`, import.meta.url), 'utf8'),
);

const BOB: Actor = {
  arn: 'arn:aws:iam::123456789012:user/bob',
  at: at('2026-01-31T15:00:00Z'),
  request: 'iam:AttachUserPolicy',
  sourceIp: '203.0.113.9',
};

/** What the page says of who it was, without its marks. */
const shown = (by: readonly Actor[]): readonly string[] => {
  const report = { ...exampleReport, findings: [findingOf({ by })] };
  const page = htmlReport(reportView(report, exampleTexts), templates);
  const list = /<dt>By<\/dt><dd>(.*?)<\/dd>/s.exec(page)?.[1] ?? '';
  return [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = '']) =>
    item
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
};

describe('who made the change behind a finding', () => {
  it('stands with when, from where and with what in the page', () => {
    expect(shown([BOB])).toEqual([
      'arn:aws:iam::123456789012:user/bob at 31 Jan 2026, 15:00 UTC from 203.0.113.9 with iam:AttachUserPolicy',
    ]);
  });

  it('stands with the role whose session it was, and without an address that is not told', () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/deploy/run-7';
    const role = 'arn:aws:iam::123456789012:role/ci/deploy';
    expect(shown([{ ...BOB, arn, role, sourceIp: null }])).toEqual([
      `${arn} at 31 Jan 2026, 15:00 UTC with iam:AttachUserPolicy as a session of ${role}`,
    ]);
  });

  it('stands nowhere where it is not known', () => {
    expect(shown([])).toEqual([]);
  });

  it('is text, whatever it says, and hides nothing', () => {
    const [text = ''] = shown([{ ...BOB, arn: '<img src=x onerror=alert(1)>\u202e' }]);
    expect(text).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;⟨U+202E⟩');
  });
});
