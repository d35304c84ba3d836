import { z } from 'zod';
import { FINDING_STATES } from '../../src/finding/audit-report.ts';
import { CATEGORIES, SEVERITIES, SUBJECT_TYPES } from '../../src/finding/check-result.ts';
import { SUPPRESSION_REASONS } from '../../src/finding/suppression.ts';
import { accountId, actorSchema, anyObject, checkId, instant, text, texts } from './findings-schema-parts.ts';

const grant = z.strictObject({ policy: z.string(), statement: z.number().int().min(0) });

const step = z
  .strictObject({
    method: text('Id of the catalogue of methods: `iam-007`.'),
    from: z.string(),
    to: z.string(),
    preconditions: texts.optional(),
    requests: z.array(z.strictObject({ action: z.string(), resource: z.string(), grantedBy: z.array(grant) })),
  })
  .describe('One hop of the path.');

const transcriptEntry = z
  .strictObject({
    step: z.number().int().nullable(),
    caller: z.string(),
    action: z.string(),
    resource: z.string(),
    parameters: anyObject,
    outcome: z.enum(['done', 'allowed', 'refused']),
    code: z.string().optional(),
    message: z.string().optional(),
  })
  .describe('A request of the replay on a copy of the account.');

const escalation = z
  .strictObject({
    reaches: text('`administrator`, or the ARN of what is gained.'),
    proof: z.enum(['proven', 'derived', 'conditional']),
    proofReason: z.string().optional().describe('Why it is not proven.'),
    steps: z.array(step),
    transcript: z.array(transcriptEntry).optional(),
  })
  .meta({ id: 'escalation', description: 'The path; only of the category `escalation`.' });

const external = z
  .strictObject({
    principal: text('As the policy names it: `*`, an account id, an ARN, a provider, a service.'),
    kind: z.enum(['public', 'account', 'organization', 'federated', 'service']),
    resource: z.string(),
    actions: texts,
  })
  .meta({ id: 'external', description: 'Who gets in from outside; only of the category `external`.' });

const people = z
  .strictObject({
    permissionSet: z.string(),
    unknown: z.string().nullable().describe('What of them is not known and why; null: nothing is missing.'),
    users: texts.describe('Those who are assigned it themselves; the first 20.'),
    moreUsers: z.number().int().min(0),
    groups: z.array(
      z.strictObject({
        name: z.string(),
        members: texts.nullable().describe('The first 20; null: nobody could tell.'),
        moreMembers: z.number().int().min(0),
      }),
    ),
    moreGroups: z.number().int().min(0),
  })
  .meta({
    id: 'people',
    description: 'Who signs in as the role, by its permission set; only of roles of IAM Identity Center.',
  });

/** What a suppressed finding says of its suppression. */
export const suppressedSchema = z
  .strictObject({
    file: z.string(),
    line: z.number().int(),
    reason: z.enum(SUPPRESSION_REASONS),
    justification: z.string(),
    owner: z.string(),
    approver: z.string(),
    ticket: z.string().nullable(),
    expires: instant,
    pin: z.string().nullable(),
  })
  .meta({
    id: 'suppression',
    description: 'Why, by whom and until when it is suppressed; only in the state `suppressed`.',
  });

/** Something wrong, or something that could not be judged. */
export const findingSchema = z
  .strictObject({
    key: text('The same problem has the same key every night.'),
    checkId,
    category: z.enum(CATEGORIES),
    severity: z.enum(SEVERITIES),
    outcome: z.enum(['fail', 'unknown']).describe('`unknown`: it could not be judged for want of data.'),
    state: z.enum(FINDING_STATES).describe('Where the finding stands in its life.'),
    accountId,
    subject: z.strictObject({
      arn: z.string(),
      type: z.enum([...new Set(SUBJECT_TYPES)]),
      id: text('Unique id (`AIDA…`, `AROA…`); the ARN where there is none.'),
      part: z.string().nullable(),
    }),
    title: z.string(),
    summary: z.string(),
    evidence: anyObject.describe('Facts behind the finding; what they are hangs on the check.'),
    conditions: z
      .strictObject({ text: z.string(), formula: anyObject })
      .nullable()
      .describe('What must hold for it to be real; null: nothing.'),
    remediation: texts,
    frameworks: texts.describe('Controls of compliance frameworks: `cis-aws-7.0:2.12`.'),
    firstSeen: instant,
    lastSeen: instant,
    escalation: escalation.optional(),
    external: external.optional(),
    confidence: z.enum(['certain', 'proven', 'derived', 'conditional', 'unknown']),
    owner: z.string().nullable().optional().describe('Who answers for it; null: nobody; absent: none are configured.'),
    people: people.optional(),
    by: z.array(actorSchema).optional().describe('Who made the change behind it, those first whose request says most.'),
    suppression: suppressedSchema.optional(),
  })
  .meta({ id: 'finding', description: 'Something wrong, or something that could not be judged.' });
