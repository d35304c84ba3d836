import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { htmlReport } from './html-report.ts';
import { type ReportTemplates, toReportTemplates } from './report-templates.ts';
import { type ReportTexts, reportView } from './report-view.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';

const NO_TEXTS: ReportTexts = { checks: [], methods: new Map() };
const empty: ReportTemplates = { ...toReportTemplates(() => ''), script: '' };
const rendered = (templates: Partial<ReportTemplates>, report = exampleReport): string =>
  htmlReport(reportView(report, NO_TEXTS), { ...empty, ...templates });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

describe('the HTML report', () => {
  it('escapes what the view holds', () => {
    const report = { ...exampleReport, findings: [findingOf({ title: '<b title="x">&' })] };
    expect(rendered({ page: '{{#each groups}}{{#each findings}}{{title}}{{/each}}{{/each}}' }, report)).toBe(
      '&lt;b title&#x3D;&quot;x&quot;&gt;&amp;',
    );
  });

  it('is refused where a template prints what the view does not have', () => {
    expect(() => rendered({ page: '{{nothing}}' })).toThrow('"nothing" not defined');
    expect(() => rendered({ page: '{{#each accounts}}{{nothing}}{{/each}}' })).toThrow('"nothing" not defined');
  });

  it.each(['constructor', '__proto__', 'toString'])('does not reach %s of a value', (name) => {
    expect(rendered({ page: `{{${name}}}` })).toBe('');
  });

  it('carries style and script as they are, and lets the browser run these alone', () => {
    const page = rendered({
      page: '{{contentSecurityPolicy}}|{{inlineStyle}}|{{inlineScript}}',
      style: 'a > b { color: red }',
      script: 'if (1 < 2 && "x") go();',
    });
    const [policy = '', style, script] = page.split('|');
    // The foot of printed pages comes last.
    const inside = /^<style>(a > b \{ color: red \}@page .*\n)<\/style>$/.exec(style ?? '')?.[1] ?? '';
    expect(inside).toContain('content: "IAM audit of acme\\2d production\\2c  2 Mar 2026"');
    expect(script).toBe('<script>if (1 < 2 && "x") go();</script>');
    const plain = policy.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=');
    expect(plain).toContain("default-src 'none'");
    expect(plain).toContain(`style-src 'sha256-${sha256(inside)}'`);
    expect(plain).toContain(`script-src 'sha256-${sha256('if (1 < 2 && "x") go();')}'`);
    expect(plain).not.toContain('unsafe');
  });

  it.each(['</script>', '</STYLE', '<!--'])('refuses a script or style that holds %s', (text) => {
    expect(() => rendered({ page: '{{inlineScript}}', script: text })).toThrow('would end it early');
    expect(() => rendered({ page: '{{inlineStyle}}', style: text })).toThrow('would end it early');
  });
});
