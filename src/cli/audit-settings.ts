import { allChecks } from '../analyze/registry.ts';
import type { AuditInput } from '../audit/run-audit.ts';
import { readTextFile } from '../collect/read-text-file.ts';
import type { Config } from '../config/config.ts';
import type { SuppressionText } from '../evidence/pack.ts';
import type { OwnerRule } from '../finding/owners.ts';
import { parseSuppressionFiles } from '../finding/suppression-file.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** The ids of all checks, those that are turned off too. */
export const checkIds = (): ReadonlySet<string> => new Set(allChecks.map(({ id }) => id));

/** What findings are held against, and the suppression files that it was read from. */
export interface FindingSettings extends Pick<AuditInput, 'suppressions' | 'owners'> {
  readonly suppressionFiles: readonly SuppressionText[];
}

/**
 * What findings are held against once they are found: the suppression files of the configuration and those given beside
 * them, and who answers for what. The errors are those of the files, a line each.
 */
export const findingSettings = async (
  config: Pick<Config, 'suppressions' | 'owners'>,
  furtherFiles: readonly string[] = [],
): Promise<Result<FindingSettings, readonly string[]>> => {
  const names = [...new Set([...config.suppressions.files, ...furtherFiles])];
  const texts = await Promise.all(names.map(async (name) => ({ name, text: await readTextFile(name) })));
  const unreadable = texts.flatMap(({ text }) => (text.ok ? [] : [text.error.message]));
  const files = texts.flatMap(({ name, text }) => (text.ok ? [{ name, text: text.value }] : []));
  const settings = settingsOfTexts(config, files);
  const problems = [...unreadable, ...(settings.ok ? [] : settings.error)];
  return problems.length > 0 ? err(problems) : settings;
};

/** The same of suppression files as they were read. */
export const settingsOfTexts = (
  { suppressions, owners }: Pick<Config, 'suppressions' | 'owners'>,
  files: readonly SuppressionText[],
): Result<FindingSettings, readonly string[]> => {
  const rules = parseSuppressionFiles(files, checkIds());
  if (!rules.ok) return rules;
  return ok({
    suppressionFiles: files,
    ...(files.length > 0 && { suppressions: { rules: rules.value, limits: suppressions.maxDays } }),
    ...(owners.rules.length > 0 && { owners: owners.rules.flatMap(toOwnerRules) }),
  });
};

const toOwnerRules = ({
  tag,
  path,
  account,
  pattern,
  owner,
}: Config['owners']['rules'][number]): readonly OwnerRule[] => {
  if (tag !== undefined) return [{ kind: 'tag', keys: typeof tag === 'string' ? [tag] : tag }];
  if (owner === undefined) return [];
  if (path !== undefined) return [{ kind: 'path', prefix: path, owner }];
  if (account !== undefined) return [{ kind: 'account', account, owner }];
  return pattern === undefined ? [] : [{ kind: 'pattern', pattern, owner }];
};
