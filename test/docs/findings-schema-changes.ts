import { z } from 'zod';
import { CHANGE_KINDS } from '../../src/finding/account-change.ts';
import { SUBJECT_TYPES } from '../../src/finding/check-result.ts';
import { accountId, actorSchema, texts } from './findings-schema-parts.ts';

const CHANGED_TYPES = [...new Set(SUBJECT_TYPES), 'Analyzer', 'ArchiveRule', 'OrganizationPolicy'] as const;

const permissions = z.array(
  z
    .strictObject({
      service: z.string().describe('The prefix of the service; `*`: all.'),
      accessLevel: z.string(),
      actions: texts.describe('A pattern stands for all that the service reference knows of it.'),
      change: z
        .enum(['action', 'resources', 'conditions'])
        .describe('Whether the actions are new or gone, or only on what resources or conditions they are allowed.'),
      conditional: z.boolean().describe('Whether they are granted on conditions only.'),
    })
    .describe('Actions of one service.'),
);

/** Something in an account that is not as it was. */
export const changeSchema = z
  .strictObject({
    accountId,
    kind: z.enum(CHANGE_KINDS),
    subject: z.strictObject({
      arn: z.string(),
      type: z.enum(CHANGED_TYPES),
      id: z.string(),
      part: z.string().nullable(),
    }),
    before: z.unknown().describe('How it was; null: it was not there.'),
    after: z.unknown().describe('How it is; null: it is no longer there.'),
    permissions: z
      .strictObject({ gained: permissions, lost: permissions })
      .optional()
      .describe('What the principal may do that it could not, and no longer may.'),
    by: z.array(actorSchema).describe('Who did it, the latest first; empty: it is not known.'),
  })
  .meta({ id: 'change', description: 'Something in an account that is not as it was at the audit before.' });

/** With which audit an account was compared. */
export const comparisonSchema = z
  .strictObject({
    accountId,
    runId: z.string().describe('The earlier run.'),
    notCompared: z
      .array(z.strictObject({ part: z.string(), detail: z.string() }))
      .describe('Of what it is not known whether it changed.'),
  })
  .meta({ id: 'comparison', description: 'With which audit an account was compared.' });
