import { isJsonObject } from '../kernel/json.ts';
import { readIamData } from './iam-data-files.ts';

let names: ReadonlyMap<string, string> | undefined;

/** What last accessed information calls AWS's services, by namespace: `Amazon S3` is `s3`. Read at the first call, and kept. */
export const serviceNames = (): ReadonlyMap<string, string> => {
  names ??= readNames();
  return names;
};

const readNames = (): ReadonlyMap<string, string> => {
  const value = readIamData('data/serviceNames.json');
  const entries = Object.entries(isJsonObject(value) ? value : {});
  return new Map(entries.map(([namespace, name]) => [namespace, String(name).replace(/ \([A-Z]+\)$/, '')]));
};
