/**
 * The partition that a region is in; `aws` for regions that nobody has heard of.
 * Source: `partitions.json` of the AWS SDKs, whose patterns these are.
 */
export const partitionOfRegion = (region: string): string =>
  PARTITIONS.find(([pattern]) => pattern.test(region))?.[1] ?? 'aws';

const PARTITIONS: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^us-iso-/, 'aws-iso'],
  [/^us-isob-/, 'aws-iso-b'],
  [/^eu-isoe-/, 'aws-iso-e'],
  [/^us-isof-/, 'aws-iso-f'],
  [/^eusc-/, 'aws-eusc'],
];
