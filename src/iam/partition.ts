/** The partitions of AWS. */
export const PARTITIONS = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
] as const;

/** A partition of AWS. */
export type Partition = (typeof PARTITIONS)[number];

/**
 * The partition that a region is in; `aws` for regions that nobody has heard of.
 * Source: `partitions.json` of the AWS SDKs, whose patterns these are.
 */
export const partitionOfRegion = (region: string): Partition =>
  REGIONS.find(([pattern]) => pattern.test(region))?.[1] ?? 'aws';

const REGIONS: readonly (readonly [RegExp, Partition])[] = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^us-iso-/, 'aws-iso'],
  [/^us-isob-/, 'aws-iso-b'],
  [/^eu-isoe-/, 'aws-iso-e'],
  [/^us-isof-/, 'aws-iso-f'],
  [/^eusc-/, 'aws-eusc'],
];
