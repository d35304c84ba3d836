import { z } from 'zod';
import { splitAtCommas } from './comma-list.ts';

/** What is worth reaching beside administrators. */
export const escalationSection = z.strictObject({
  crownJewels: z
    .preprocess(splitAtCommas, z.array(z.string().startsWith('arn:', 'must be ARNs, or patterns of them')))
    .default([])
    .meta({
      description:
        'ARNs of users, roles and resources that matter most, in which `*` and `?` match any characters: `principal-can-reach-crown-jewel` tells who can reach them; the tag `vigil:crown-jewel` = `true` marks others',
      env: 'VIGIL_ESCALATION_CROWN_JEWELS',
      example: ['arn:aws:iam::123456789012:role/payments', 'arn:aws:s3:::salaries'],
    }),
});
