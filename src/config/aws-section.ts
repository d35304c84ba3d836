import { z } from 'zod';
import { wholeNumber } from './whole-number.ts';

/** How to reach AWS, or something that speaks its protocol. Credentials come from the SDK's default chain. */
export const awsSection = z.strictObject({
  profile: z.string().min(1).optional().meta({
    description: 'profile of the shared AWS configuration files',
    env: 'VIGIL_AWS_PROFILE',
    example: 'audit',
  }),
  roleArn: z
    .string()
    .regex(
      /^arn:[^:]+:iam::\d{12}:role\/.+$/,
      'must be the ARN of a role, such as `arn:aws:iam::111122223333:role/vigil`',
    )
    .optional()
    .meta({
      description: 'role to assume before reading',
      env: 'VIGIL_AWS_ROLE_ARN',
      example: 'arn:aws:iam::111122223333:role/vigil-audit',
    }),
  externalId: z.string().min(2).max(1224).optional().meta({
    description: 'external id to assume the role with',
    env: 'VIGIL_AWS_EXTERNAL_ID',
    example: 'vigil-3f2a',
  }),
  endpointUrl: z.url('must be a URL, such as `http://127.0.0.1:4599`').optional().meta({
    description: 'endpoint of every AWS service, for an emulated account',
    env: 'VIGIL_AWS_ENDPOINT_URL',
    example: 'http://127.0.0.1:4599',
  }),
  region: z.string().min(1).optional().meta({
    description: 'region of the calls; IAM answers from anywhere in the partition',
    env: 'VIGIL_AWS_REGION',
    example: 'eu-central-1',
  }),
  maxConcurrency: wholeNumber(1, 64).default(8).meta({
    description: 'AWS calls in flight at once',
    env: 'VIGIL_AWS_MAX_CONCURRENCY',
  }),
});
