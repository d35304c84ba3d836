import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCESS_PARTS, type Check } from './define-check.ts';
import { allChecks } from './registry.ts';

const files = readdirSync(new URL('checks/', import.meta.url), { recursive: true, encoding: 'utf8' });
const checkFiles = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts');

const publishedIds = (): string[] =>
  readFileSync(new URL('testing/published-ids.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');

describe('the registry of checks', () => {
  it('holds each check file once, and nothing else', () => {
    expect(allChecks.map(({ id }) => id)).toEqual(checkFiles.map((file) => basename(file, '.ts')).sort());
  });

  it('keeps every id that was ever published', () => {
    // History and suppressions know a check by its id: none goes, and none comes again as another check.
    expect(allChecks.map(({ id }) => id)).toEqual(expect.arrayContaining(publishedIds()));
  });

  it('has one title a check', () => {
    expect(new Set(allChecks.map(({ title }) => title)).size).toBe(allChecks.length);
  });

  it('has a test beside each check', () => {
    for (const file of checkFiles) expect(files, file).toContain(file.replace(/\.ts$/, '.test.ts'));
  });

  it('keeps each check in the folder of its category', () => {
    for (const { id, category } of allChecks) expect(checkFiles).toContain(`${category}/${id}.ts`);
  });
});

describe.each(allChecks.map((check) => [check.id, check] as const))('%s', (_, check: Check) => {
  it('says what it compares, what can happen and how to mend it', () => {
    expect(check.title).toMatch(/^[A-Z].*[^.]$/);
    for (const text of [check.doc.what, check.doc.risk, ...check.doc.remediation]) expect(text).toMatch(/^[A-Z].*\.$/);
  });

  it('tells what to do, and not to think about it', () => {
    expect(check.doc.remediation).not.toEqual([]);
    expect(new Set(check.doc.remediation).size).toBe(check.doc.remediation.length);
    for (const step of check.doc.remediation) {
      expect(step).not.toMatch(/^(?:Be|Check|Consider|Ensure|Make sure|Review|Think|Try|Verify)\b/);
      expect(step.split(' ').length).toBeGreaterThan(2);
    }
  });

  it('says what each of its options is about', () => {
    for (const option of Object.keys(check.defaults)) expect(check.doc.what).toContain(`\`${option}\``);
  });

  it('cites pages of AWS or of standards', () => {
    expect(check.doc.references).not.toEqual([]);
    for (const reference of check.doc.references) expect(new URL(reference).protocol).toBe('https:');
  });

  it('names controls as framework and id', () => {
    for (const control of check.frameworks) expect(control).toMatch(/^[a-z][a-z0-9-]*(\.\d+)?:[A-Za-z0-9.]+$/);
  });

  it('reads something, and all four lists where it asks who can do what', () => {
    expect(check.reads).not.toEqual([]);
    expect(new Set(check.reads).size).toBe(check.reads.length);
    if (check.reads.includes('managedPolicies')) expect(check.reads).toEqual(expect.arrayContaining([...ACCESS_PARTS]));
  });
});
