import { z } from 'zod';

const s3 = z
  .strictObject({
    kind: z.literal('s3'),
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket, such as `audit-evidence`'),
    prefix: z
      .string()
      .regex(/^[\w!.*'()/-]{0,512}$/, 'must be letters, digits and `-_./!*()`')
      .default(''),
    /** Whether `index.html` is kept at the prefix, the one object that is overwritten. */
    index: z.boolean().default(true),
    encryption: z.enum(['AES256', 'aws:kms']).default('AES256'),
    kmsKeyId: z.string().min(1).max(2048).optional(),
    /** The account that the bucket is to be of: another's of the same name is not written to. */
    bucketOwner: z
      .string('must be the 12 digits of an account, in quotes')
      .regex(/^\d{12}$/, 'must be the 12 digits of an account, in quotes')
      .optional(),
    region: z.string().min(1).optional(),
    profile: z.string().min(1).optional(),
    endpointUrl: z.url({ protocol: /^https?$/, error: 'must be a URL, such as `http://127.0.0.1:4566`' }).optional(),
  })
  .superRefine(({ encryption, kmsKeyId }, context) => {
    if (kmsKeyId !== undefined && encryption !== 'aws:kms') {
      context.addIssue({ code: 'custom', path: ['kmsKeyId'], message: 'goes with `encryption: aws:kms`' });
    }
  });

/** Where reports go besides the directory. */
export const reportDestination = z.discriminatedUnion('kind', [s3], 'must have a `kind`: s3');
