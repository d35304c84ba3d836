import { z } from 'zod';
import { splitAtCommas } from './comma-list.ts';
import { wholeNumber } from './whole-number.ts';

/** What is read of an account beside what every audit needs. */
export const collectSection = z.strictObject({
  regions: z
    .preprocess(
      splitAtCommas,
      z.array(z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'must be regions, such as `eu-central-1`')),
    )
    .default([])
    .meta({
      description:
        'regions to look for resources and analyzers in; none given: that of the calls and `us-east-1`, of an embedded account those it uses. Buckets are read wherever they are',
      env: 'VIGIL_COLLECT_REGIONS',
    }),
  resources: z.stringbool().or(z.boolean()).default(true).meta({
    description:
      'read which buckets, keys, queues, topics, functions, secrets, repositories and tables there are, and their policies',
    env: 'VIGIL_COLLECT_RESOURCES',
  }),
  organization: z.stringbool().or(z.boolean()).default(true).meta({
    description: 'read the organization, and its policies above the account where the account is told them',
    env: 'VIGIL_COLLECT_ORGANIZATION',
  }),
  identityCenter: z.stringbool().or(z.boolean()).default(true).meta({
    description:
      'read the permission sets of IAM Identity Center, and who is assigned them, where the account is told them: the management account and the delegated administrator',
    env: 'VIGIL_COLLECT_IDENTITY_CENTER',
  }),
  accessAnalyzer: z.stringbool().or(z.boolean()).default(true).meta({
    description: 'read the analyzers of IAM Access Analyzer, their archive rules and what they found',
    env: 'VIGIL_COLLECT_ACCESS_ANALYZER',
  }),
  // On by default: without it no unused permission is found, and it costs nothing but two calls a user and role.
  lastAccessed: z.stringbool().or(z.boolean()).default(true).meta({
    description: 'ask which services each user and role last used: two calls each, 100 seconds for 1,000 of them',
    env: 'VIGIL_COLLECT_LAST_ACCESSED',
  }),
  cacheHours: wholeNumber(0, 168).default(24).meta({
    description: 'for how many hours what was last used is remembered and not asked for again; 0: not at all',
    env: 'VIGIL_COLLECT_CACHE_HOURS',
  }),
  cacheDirectory: z.string().min(1).optional().meta({
    description:
      'where that is remembered, readable by you alone (else `iam-vigil` in `$XDG_CACHE_HOME` or `~/.cache`); of the embedded account nothing is',
    env: 'VIGIL_COLLECT_CACHE_DIRECTORY',
    example: '/var/cache/iam-vigil',
  }),
  cloudTrail: z
    .preprocess(splitAtCommas, z.array(z.string().min(1)))
    .default([])
    .meta({
      description:
        'log files of CloudTrail, or directories of them, as S3 holds them: what they show counts as used, and tells who changed what (`--cloudtrail`)',
      env: 'VIGIL_COLLECT_CLOUDTRAIL',
    }),
  cloudTrailDays: wholeNumber(0, 90).default(0).meta({
    description:
      'for how many days back to look up management events in CloudTrail, at 2 calls a second and up to 60,000 events a region; 0: none',
    env: 'VIGIL_COLLECT_CLOUDTRAIL_DAYS',
  }),
  attribution: z.stringbool().or(z.boolean()).default(true).meta({
    description:
      'look up in CloudTrail who made each change and each new finding: a call or more for each kind of request that can have, at 2 calls a second, and only where something changed',
    env: 'VIGIL_COLLECT_ATTRIBUTION',
  }),
});
