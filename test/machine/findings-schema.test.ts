import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingsJson } from '../../src/report/findings-json.ts';
import { exampleReport } from '../../src/report/testing/example-report.ts';
import { findingsSchemaText } from '../docs/findings-schema.ts';
import { findingsJsonProblems } from './findings-json-problems.ts';

const text = findingsJson(exampleReport);

describe('the published schema of findings.json', () => {
  it('is what it is generated from (node test/docs/generate-docs.ts writes it anew)', () => {
    expect(readFileSync('config/findings.schema.json', 'utf8')).toBe(findingsSchemaText());
  });

  it('takes the example', () => {
    expect(findingsJsonProblems(text)).toEqual([]);
  });

  it.each([
    ['a severity that is none', ['"severity": "critical"', '"severity": "grave"']],
    ['a state that is none', ['"state": "worsened"', '"state": "worse"']],
    ['a member that is missing', ['"outcome": "fail",', '']],
    ['a member that is too many', ['"outcome": "fail",', '"outcome": "fail", "verdict": 1,']],
    ['a time in words', ['"startedAt": "2026-03-02T02:30:00Z"', '"startedAt": "last night"']],
    ['an account id that lost its zero', ['"accountId": "123456789012"', '"accountId": "12345678901"']],
    ['a number for a text', ['"accountId": "123456789012"', '"accountId": 123456789012']],
    ['another version', ['"schemaVersion": "1.0"', '"schemaVersion": "2.0"']],
  ])('refuses %s', (_what, [from = '', to = '']) => {
    expect(text).toContain(from);
    expect(findingsJsonProblems(text.replace(from, to))).not.toEqual([]);
  });
});
