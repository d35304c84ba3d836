// A process that audits a saved snapshot as the daemon would, remembers it, publishes it and tells a webhook: CONFIG SNAPSHOT NOW
// [KILL-AT]. With KILL-AT it kills itself before that step, counted from 1: a call of the database's driver, a step of publishing on
// the file system, or one before or after an alert is sent.
import { readFileSync } from 'node:fs';
import { performAudit } from '../../src/cli/perform-audit.ts';
import { loadConfig } from '../../src/config/config.ts';
import { diskSteps } from '../../src/publish/publish-steps.ts';
import { at } from '../../src/store/testing/history-example.ts';
import { killAtStep } from '../../src/store/testing/kill-at-step.ts';

const [file = '', from = '', now = '', killAt = '0'] = process.argv.slice(2);
const { step, steps } = killAtStep(Number(killAt));
let publishedFrom = 0;

const write = { ...diskSteps };
const beforeEach =
  <A extends readonly unknown[], R>(call: (...args: A) => R) =>
  (...args: A): R => {
    step();
    publishedFrom ||= steps();
    return call(...args);
  };
Object.assign(diskSteps, {
  makeDirectory: beforeEach(write.makeDirectory),
  makeUniqueDirectory: beforeEach(write.makeUniqueDirectory),
  writeFile: beforeEach(write.writeFile),
  syncDirectory: beforeEach(write.syncDirectory),
  rename: beforeEach(write.rename),
  link: beforeEach(write.link),
  symlink: beforeEach(write.symlink),
  unlink: beforeEach(write.unlink),
  removeTree: beforeEach(write.removeTree),
});

const { fetch } = globalThis;
globalThis.fetch = async (...args) => {
  step();
  const answer = await fetch(...args);
  step();
  return answer;
};

const config = loadConfig({ name: file, text: readFileSync(file, 'utf8') }, {});
if (!config.ok) throw new Error(config.error.join('\n'));
const said: string[] = [];
const performed = await performAudit(
  { from, now: at(now), alert: true, history: config.value.history.file ?? '' },
  config.value,
  {
    print: () => {},
    say: (line) => void said.push(line),
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  },
);
if (!performed.ok || !performed.value.isRemembered || !performed.value.alerted) throw new Error(said.join('\n'));
process.stdout.write(JSON.stringify({ steps: steps(), publishedFrom }));
