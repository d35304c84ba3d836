import { stringify } from 'yaml';
import type { OptionRow } from '../../src/config/option-rows.ts';
import { markdownTable } from './markdown-table.ts';

/** The table of configuration options as Markdown. */
export const optionsTable = (rows: readonly OptionRow[]): string =>
  markdownTable(
    ['option', 'environment', 'default', 'what'],
    rows.map(({ section, option, env, defaultValue, description }) => [
      `\`${section}.${option}\``,
      env === null ? '' : `\`${env}\``,
      defaultValue === undefined ? '' : `\`${JSON.stringify(defaultValue)}\``,
      description,
    ]),
  );

/** The example configuration: every option with its description, each commented out at its default or an example. */
export const exampleConfig = (rows: readonly OptionRow[]): string => {
  const sections = [...new Set(rows.map(({ section }) => section))];
  const lines = sections.flatMap((section) => [
    '',
    `# ${section}:`,
    ...rows.filter((row) => row.section === section).flatMap(optionLines),
  ]);
  return [
    '# Vigil reads `vigil.yaml` in the working directory, or the file that --config names. Every option may be left out.',
    ...lines,
    '',
  ].join('\n');
};

const optionLines = ({ option, description, env, defaultValue, example }: OptionRow): readonly string[] => {
  const what = `  # ${description}${env === null ? '' : ` (${env})`}`;
  const value = defaultValue === undefined || isEmpty(defaultValue) ? (example ?? defaultValue) : defaultValue;
  const text = stringify(
    { [option]: value },
    { flowCollectionPadding: true, collectionStyle: 'flow', lineWidth: 0 },
  ).trim();
  return [`# ${what}`, `#   ${text.replace(/^\{ (.*) \}$/s, '$1')}`];
};

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
