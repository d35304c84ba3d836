/** The partition of an ARN: `aws`, `aws-cn`, `aws-us-gov`. */
export const partitionOf = (arn: string): string => arn.split(':')[1] || 'aws';

/** The region of an ARN; of what has none, such as everything of IAM, the region in which its partition keeps IAM. */
export const regionOf = (arn: string): string => arn.split(':')[3] || homeRegionOf(partitionOf(arn));

// Where IAM is administered (AWS General Reference, "AWS Identity and Access Management endpoints and quotas").
const homeRegionOf = (partition: string): string => {
  if (partition === 'aws-cn') return 'cn-north-1';
  return partition === 'aws-us-gov' ? 'us-gov-west-1' : 'us-east-1';
};
