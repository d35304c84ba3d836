import { z } from 'zod';
import { issueWords } from '../kernel/issue-words.ts';
import { holdsPassword } from '../kernel/postgres-url.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { parseYamlFile } from '../kernel/yaml-file.ts';
import { configSections } from './config-sections.ts';
import { contradictions } from './contradictions.ts';
import type { Environment } from './environment.ts';
import { misspeltVariables } from './misspelt-variables.ts';
import { optionRows } from './option-rows.ts';

const sectionsSchema = z.strictObject({
  aws: configSections.aws.prefault({}),
  accounts: configSections.accounts.prefault({}),
  collect: configSections.collect.prefault({}),
  audit: configSections.audit.prefault({}),
  report: configSections.report.prefault({}),
  checks: configSections.checks.prefault({}),
  escalation: configSections.escalation.prefault({}),
  propose: configSections.propose.prefault({}),
  history: configSections.history.prefault({}),
  suppressions: configSections.suppressions.prefault({}),
  owners: configSections.owners.prefault({}),
  alerts: configSections.alerts.prefault({}),
  daemon: configSections.daemon.prefault({}),
  queue: configSections.queue.prefault({}),
  http: configSections.http.prefault({}),
});

/** The configuration as read: every option has its value or its default. Frozen. */
export type Config = z.infer<typeof sectionsSchema>;

const configSchema = sectionsSchema.superRefine((config, context) => {
  for (const { path, message } of contradictions(config))
    context.addIssue({ code: 'custom', path: [...path], message });
});

// The environment is where a password may stand; a file of settings is passed around.
const fileSchema = configSchema.superRefine(({ history: { url } }, context) => {
  if (url === undefined || !holdsPassword(url)) return;
  const message = 'a password does not stand in this file: give it as `password: { env: NAME }` or `{ file: PATH }`';
  context.addIssue({ code: 'custom', path: ['history', 'url'], message });
});

/**
 * Reads the configuration: the file (null: there is none), overridden by the environment variables of the option rows.
 * Each error is one line with the place: `vigil.yaml:3:5: aws.region: …` or `VIGIL_AWS_REGION: …`.
 */
export const loadConfig = (
  file: { readonly name: string; readonly text: string } | null,
  environment: Environment,
): Result<Config, readonly string[]> => {
  const fromFile = file === null ? ok(configSchema.parse({})) : parseYamlFile(file.text, file.name, fileSchema);
  if (!fromFile.ok) return fromFile;
  const rows = optionRows(configSections);
  const variables = new Set(rows.flatMap(({ env }) => env ?? []));
  const problems: string[] = [...misspeltVariables(environment, variables, file?.text ?? '')];
  const sections = Object.entries(fromFile.value).map(([name, section]) => {
    const overridden: Record<string, unknown> = { ...section };
    for (const row of rows) {
      const text = row.env === null ? undefined : environment[row.env];
      if (row.section !== name || row.env === null || text === undefined || text === '') continue;
      const parsed = row.schema.safeParse(text);
      if (parsed.success) overridden[row.option] = parsed.data;
      else problems.push(...parsed.error.issues.map((issue) => `${row.env}: ${issueWords(issue, text)}`));
    }
    return [name, overridden] as const;
  });
  if (problems.length > 0) return err(problems);
  const config = configSchema.safeParse(Object.fromEntries(sections));
  if (config.success) return ok(deepFreeze(config.data));
  // The file alone was in order: together with the environment it is not.
  return err(config.error.issues.map((issue) => `${issue.path.join('.')}: ${issueWords(issue, undefined)}`));
};

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
};
