import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { organizationJson } from '../../src/report/organization-json.ts';
import { exampleOrganization } from '../../src/report/testing/example-organization.ts';
import { generatedOrganization } from '../../src/report/testing/generated-organization.ts';
import { organizationSchemaText } from '../docs/organization-schema.ts';

const published = readFileSync('config/organization.schema.json', 'utf8');
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
  z.record(z.string(), z.unknown()).parse(JSON.parse(published)),
);
const problems = (text: string): readonly string[] =>
  validate(JSON.parse(text))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

const text = organizationJson(exampleOrganization);

describe('the published schema of organization.json', () => {
  it('is what it is generated from (node test/docs/generate-docs.ts writes it anew)', () => {
    expect(published).toBe(organizationSchemaText());
  });

  it('takes the example, and an organization of fifty accounts', () => {
    expect(problems(text)).toEqual([]);
    expect(problems(organizationJson(generatedOrganization(50)))).toEqual([]);
  });

  it.each([
    ['a severity that is none', ['"severity": "critical"', '"severity": "grave"']],
    ['a kind of change that is none', ['"trust-policy": 1', '"trust": 1']],
    ['a member that is missing', ['"reaches": "administrator",', '']],
    ['a time in words', ['"startedAt": "2026-03-02T02:30:00Z"', '"startedAt": "last night"']],
    ['an account id that lost its zero', ['"accountId": "111111111111"', '"accountId": "11111111111"']],
    ['another version', ['"schemaVersion": "1.0"', '"schemaVersion": "2.0"']],
  ])('refuses %s', (_what, [from = '', to = '']) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(problems(changed)).not.toEqual([]);
  });
});
