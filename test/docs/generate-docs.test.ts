import { describe, expect, it } from 'vitest';
import { userAccessKeyNotRotated } from '../../src/analyze/checks/credentials/user-access-key-not-rotated.ts';
import { checksTable } from './checks-table.ts';
import { layersGraph } from './layers-graph.ts';
import { replaceSection } from './replace-section.ts';

describe('replaceSection', () => {
  it('replaces what stands between the markers and nothing else', () => {
    const page = 'a\n<!-- checks:begin -->\nold\n<!-- checks:end -->\nz\n';
    expect(replaceSection(page, 'checks', 'new')).toEqual({
      ok: true,
      value: 'a\n<!-- checks:begin -->\n\nnew\n\n<!-- checks:end -->\nz\n',
    });
  });

  it.each([
    ['there is none', 'a', '<!-- checks:begin -->'],
    [
      'the begin stands twice',
      '<!-- checks:begin --><!-- checks:begin --><!-- checks:end -->',
      '<!-- checks:begin -->',
    ],
    ['the end is missing', '<!-- checks:begin -->', '<!-- checks:end -->'],
    ['the end stands before the begin', '<!-- checks:end --><!-- checks:begin -->', '<!-- checks:end -->'],
  ])('names the marker that is wrong where %s', (_, page, marker) => {
    const replaced = replaceSection(page, 'checks', 'new');
    expect(replaced.ok ? '' : replaced.error).toContain(marker);
  });
});

describe('checksTable', () => {
  it('gives each check a row with its options and controls', () => {
    const check = { ...userAccessKeyNotRotated, frameworks: ['cis-aws-7.0:2.12'] };
    expect(checksTable([check]).split('\n').at(-1)).toBe(
      '| `user-access-key-not-rotated` | credentials | medium | Compares the age of every active access key with `maxAgeDays`. | `maxAgeDays` 90 | cis-aws-7.0:2.12 |',
    );
  });
});

describe('layersGraph', () => {
  it('draws an arrow for each import, and from cli to what nothing else imports', () => {
    expect(layersGraph({ kernel: [], iam: ['kernel'] })).toBe(
      '```mermaid\ngraph BT\n  kernel\n  iam --> kernel\n  cli --> iam\n```',
    );
  });
});
