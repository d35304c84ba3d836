import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { z } from 'zod';

// The schema of OASIS (github.com/oasis-tcs/sarif-spec), as schemastore.org keeps it.
const require = createRequire(import.meta.url);
const schemaFile = require.resolve('schemastore/schemas/json/sarif-2.1.0.json');
// One pattern of the schema is none with the flag `u`.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(schemaFile, 'utf8'))));

const located = z.object({
  physicalLocation: z.object({
    artifactLocation: z.object({ uri: z.string() }),
    region: z.object({ startLine: z.number().int().min(1) }),
  }),
});

/** The part of a SARIF file that GitHub code scanning reads. */
export const githubSarif = z.object({
  runs: z
    .array(
      z.object({
        tool: z.object({
          driver: z.object({
            rules: z.array(
              z.object({
                id: z.string(),
                relationships: z
                  .array(
                    z.object({ target: z.object({ id: z.string(), toolComponent: z.object({ name: z.string() }) }) }),
                  )
                  .optional(),
                properties: z.object({ tags: z.array(z.string()), 'security-severity': z.string() }),
              }),
            ),
          }),
        }),
        automationDetails: z.object({ id: z.string() }),
        invocations: z.array(
          z.object({ toolExecutionNotifications: z.array(z.object({ message: z.object({ text: z.string() }) })) }),
        ),
        taxonomies: z.array(z.object({ name: z.string(), taxa: z.array(z.object({ id: z.string() })) })),
        results: z.array(
          z.object({
            ruleId: z.string(),
            ruleIndex: z.number(),
            kind: z.string(),
            level: z.string(),
            message: z.object({ text: z.string().min(1) }),
            locations: z.array(located).min(1),
            partialFingerprints: z.object({ primaryLocationLineHash: z.string() }),
            baselineState: z.string().optional(),
            suppressions: z.array(z.object({ status: z.string() })).optional(),
            properties: z.object({ key: z.string(), state: z.string() }),
          }),
        ),
      }),
    )
    .max(20),
});

/** What the schema of SARIF 2.1.0, or GitHub code scanning, would refuse of a file; nothing: both take it. */
export const sarifProblems = (text: string): readonly string[] => {
  const document: unknown = JSON.parse(text);
  if (!validate(document))
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return githubSarif.parse(document).runs.flatMap(({ tool: { driver }, taxonomies, results }) => {
    const taxa = new Set(taxonomies.flatMap(({ name, taxa: controls }) => controls.map(({ id }) => `${name}:${id}`)));
    const fingerprints = results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    return [
      ...results
        .filter(({ ruleId, ruleIndex }) => driver.rules[ruleIndex]?.id !== ruleId)
        .map(({ ruleId }) => `no rule ${ruleId}`),
      ...results
        .flatMap(({ locations }) => locations.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri))
        .filter((uri) => !/^aws\/\d{12}(\/[A-Za-z0-9\-_.!~*'()%]+)+$/.test(uri) || /(^|\/)\.+(\/|$)/.test(uri))
        .map((uri) => `${uri} is no path`),
      ...(new Set(fingerprints).size === fingerprints.length ? [] : ['two results have one fingerprint']),
      ...(results.length > 25_000 ? ['more results than GitHub takes'] : []),
      ...driver.rules
        .filter(({ properties }) => properties.tags.length > 20)
        .map(({ id }) => `${id} has too many tags`),
      ...driver.rules.flatMap(({ relationships = [] }) =>
        relationships
          .map(({ target }) => `${target.toolComponent.name}:${target.id}`)
          .filter((name) => !taxa.has(name))
          .map((name) => `${name} is in no taxonomy`),
      ),
    ];
  });
};
