import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';

const schema: unknown = JSON.parse(readFileSync('config/findings.schema.json', 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
  z.record(z.string(), z.unknown()).parse(schema),
);

/** What the published schema of `findings.json` says against a text; nothing: it is as it should be. */
export const findingsJsonProblems = (text: string): readonly string[] =>
  validate(JSON.parse(text))
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
