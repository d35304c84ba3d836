import { z } from 'zod';
import { AGREEMENTS } from '../../src/finding/analyzer-comparison.ts';
import { EXPECTED_STATUSES } from '../../src/finding/expected-account.ts';
import { SUPPRESSION_REASONS } from '../../src/finding/suppression.ts';
import { SOURCE_NAMES } from '../../src/snapshot/collected.ts';
import { changeSchema, comparisonSchema } from './findings-schema-changes.ts';
import { findingSchema, suppressedSchema } from './findings-schema-finding.ts';
import { accountId, checkId, instant, text, texts } from './findings-schema-parts.ts';

const run = z
  .strictObject({
    id: text('Id of the run.'),
    startedAt: instant,
    finishedAt: instant,
    vigilVersion: text('The version of Vigil.'),
    referenceDate: text('The date of the service reference used.'),
    baselineRunId: z.string().nullable().describe('The run that this one is compared with; null: there is none.'),
  })
  .meta({ id: 'run', description: 'Which run made the report.' });

const coverage = z.strictObject({
  source: z.enum(SOURCE_NAMES).describe('Where it was read from.'),
  status: z.enum(['read', 'partial', 'denied', 'failed', 'skipped']),
  detail: text('What was read, or why not, for people.'),
  affects: z.array(checkId).describe('Checks that answer `unknown` for want of this source.'),
});

const account = z
  .strictObject({
    accountId,
    alias: z.string().nullable().describe('The alias of the account; null: it has none, or it was not read.'),
    collectedAt: instant.describe('When the state of the account was read.'),
    complete: z.boolean().describe('Whether every source was read whole.'),
    coverage: z.array(coverage).describe('How much of each source could be read.'),
  })
  .meta({ id: 'account', description: 'An account of the run.' });

/** An account that was to be read, and what became of it. */
export const expectedSchema = z
  .strictObject({
    accountId: accountId.nullable(),
    name: z.string().nullable(),
    group: z.string().nullable(),
    status: z.enum(EXPECTED_STATUSES),
    reason: z.string().nullable().describe('Why it was not read; null where it was.'),
    lastRead: z
      .strictObject({ runId: z.string(), startedAt: instant })
      .nullable()
      .describe('The last run that read it.'),
    droppedOut: z.boolean().describe('Whether the run before this one read it and this one did not.'),
  })
  .meta({ id: 'expectedAccount', description: 'An account that was to be read, and what became of it.' });

const answer = z.enum(['yes', 'no', 'conditional']);
const principal = z
  .strictObject({
    arn: text('ARN of the user, role or root user.'),
    type: z.enum(['user', 'role', 'root']),
    administrator: answer.describe('`yes`: every action on every resource, unconditionally.'),
    escalates: answer.describe('`yes`: no administrator, but can become one.'),
  })
  .meta({ id: 'principal', description: 'A principal, and whether it is an administrator or can become one.' });

const policy = text('The policy: its ARN, or `principal-arn#inline/name`.');
const statement = z.number().int().min(0).describe('Index of the statement, from 0.');
const cutChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('remove-statement'), policy, statement }),
  z.strictObject({ kind: z.literal('remove-actions'), policy, statement, actions: texts }),
  z.strictObject({ kind: z.literal('add-deny'), policy, actions: texts, resources: texts }),
  z.strictObject({ kind: z.literal('detach-policy'), policy, holder: z.string() }),
  z.strictObject({ kind: z.literal('set-boundary'), principal: z.string(), denies: texts }),
]);

const cut = z
  .strictObject({
    accountId,
    sentences: texts.describe('The changes as sentences for people.'),
    changes: z.array(cutChange).describe('What to change; everything named is needed.'),
    closes: texts.describe('ARNs of those who can become administrator no more.'),
    usedAccess: z
      .strictObject({
        status: z.enum(['used', 'unused', 'unknown']),
        used: z.array(z.strictObject({ principal: z.string(), action: z.string(), lastUsed: z.string() })),
      })
      .describe('What access in use the change would take.'),
    verified: z.enum(['alone', 'with-the-others']),
  })
  .meta({ id: 'escalationCut', description: 'A change that closes escalations.' });

const analyzer = z
  .strictObject({
    accountId,
    findingType: z.string(),
    resource: z.string(),
    principal: z.string().nullable(),
    agreement: z.enum(AGREEMENTS),
    vigil: z.enum(['told', 'not-so', 'unknown', 'not-judged']),
    accessAnalyzer: z.enum(['active', 'archived', 'none']),
    unusedAccessDays: z.number().nullable(),
    findingIds: texts,
    checks: z.array(checkId),
  })
  .meta({ id: 'analyzerComparison', description: 'What IAM Access Analyzer and Vigil each say of one access.' });

const suppression = z
  .strictObject({
    ...suppressedSchema.shape,
    check: checkId,
    principal: z.string().nullable(),
    resource: z.string().nullable(),
    account: z.string().nullable(),
    part: z.string().nullable(),
    glob: z.boolean(),
    reason: z.enum(SUPPRESSION_REASONS),
    created: instant.nullable(),
    daysLeft: z.number().int(),
    notice: z.literal([14, 7, 1]).nullable(),
    findings: z.array(
      z.strictObject({
        key: z.string(),
        verdict: z.enum(['suppressed', 'expired', 'evidence-changed', 'too-long']),
      }),
    ),
    warnings: texts,
  })
  .meta({ id: 'suppressionStatus', description: 'An entry of a suppression file, and how it fares.' });

/** What `findings.json` is: the schema that is published as `config/findings.schema.json`. */
const findingsSchema = z
  .strictObject({
    schemaVersion: z.literal('1.0').describe('The version of this format.'),
    run,
    accounts: z.array(account),
    expected: z.array(expectedSchema).optional().describe('Absent where the configuration lists no accounts.'),
    principals: z.array(principal),
    findings: z.array(findingSchema).describe('What is wrong, was wrong or could not be judged; the worst first.'),
    escalationCuts: z.array(cut).optional(),
    analyzer: z.array(analyzer).optional().describe('Absent where nobody read the findings of Access Analyzer.'),
    suppressions: z.array(suppression).optional().describe('Absent where no suppression file was given.'),
    changes: z.array(changeSchema).optional().describe('Absent where there is no audit to compare with.'),
    comparisons: z.array(comparisonSchema).optional().describe('With which audit each account was compared.'),
  })
  .meta({
    title: 'findings.json of Vigil',
    description:
      'What one audit of Vigil found. Members are only added within a version: a reader should pass over those that it does not know, though this schema, which is of one release, refuses them.',
  });

/** The text of `config/findings.schema.json`. */
export const findingsSchemaText = (): string => {
  const { $schema, title, description, ...schema } = z.toJSONSchema(findingsSchema, { target: 'draft-2020-12' });
  return `${JSON.stringify({ $schema, title, description, ...schema }, undefined, 2)}\n`;
};
