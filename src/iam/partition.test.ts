import { expect, test } from 'vitest';
import { partitionOfRegion } from './partition.ts';

test.each([
  ['us-east-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['', 'aws'],
])('the region `%s` is in the partition %s', (region, partition) => {
  expect(partitionOfRegion(region)).toBe(partition);
});
