import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { configSections } from '../../src/config/config-sections.ts';
import { optionRows } from '../../src/config/option-rows.ts';
import { exampleConfig } from './config-options.ts';

const rows = optionRows(configSections);

it('makes an example that changes nothing as it stands', () => {
  const result = loadConfig({ name: 'example', text: exampleConfig(rows) }, {});
  expect(result).toEqual(loadConfig(null, {}));
});

it('makes an example that is a valid configuration with every option once its comments are taken away', () => {
  const [, ...lines] = exampleConfig(rows).split('\n');
  const result = loadConfig({ name: 'example', text: lines.map((line) => line.replace(/^# /, '')).join('\n') }, {});
  const options = result.ok
    ? Object.entries(result.value).flatMap(([section, values]) => Object.keys(values).map((key) => `${section}.${key}`))
    : result.error;
  expect([...options].sort()).toEqual(rows.map(({ section, option }) => `${section}.${option}`).sort());
});
