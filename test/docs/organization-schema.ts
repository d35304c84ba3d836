import { z } from 'zod';
import { CHANGE_KINDS } from '../../src/finding/account-change.ts';
import { FINDING_STATES } from '../../src/finding/audit-report.ts';
import { SEVERITIES } from '../../src/finding/check-result.ts';
import { SOURCE_NAMES } from '../../src/snapshot/collected.ts';
import { expectedSchema } from './findings-schema.ts';
import { accountId, actorSchema, checkId, instant, text, texts } from './findings-schema-parts.ts';

const count = z.number().int().min(0);

const someOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ total: count, listed: z.array(item) }).describe('How many there are, and the first of them.');

const night = z
  .strictObject({
    id: text('Id of the night.'),
    group: z.string().nullable().describe('The group of accounts in the configuration; null: they are in none.'),
    startedAt: instant,
    finishedAt: instant,
    deadline: instant.nullable().describe('Until when the accounts were waited for; null: nobody set a limit.'),
    deadlinePassed: z.boolean().describe('Whether it passed before all accounts were done.'),
  })
  .meta({ id: 'night', description: 'The audits of accounts that belong together.' });

const by = actorSchema.nullable().describe('Who made the change behind it; null: it is not known.');

const findingMembers = {
  key: text('`key` of the finding in the findings.json of the account.'),
  checkId,
  severity: z.enum(SEVERITIES),
  state: z.enum(FINDING_STATES),
  subject: text('ARN of the subject.'),
  summary: z.string(),
  by,
};

const finding = z.strictObject(findingMembers).meta({ id: 'finding', description: 'A finding in a few words.' });

const path = z
  .strictObject({
    ...findingMembers,
    proof: z.enum(['proven', 'derived', 'conditional']),
    reaches: text('`administrator`, or the ARN of what is gained in another account.'),
    into: someOf(accountId).describe('The other accounts that it leads into, or through.'),
    steps: count,
  })
  .meta({ id: 'path', description: 'A path to administrator in a few words.' });

const access = z
  .strictObject({
    ...findingMembers,
    principal: text('As the policy names it.'),
    kind: z.enum(['public', 'account', 'organization', 'federated', 'service']),
  })
  .meta({ id: 'access', description: 'Access from outside in a few words.' });

const gap = z.strictObject({
  source: z.enum(SOURCE_NAMES),
  status: z.enum(['partial', 'denied', 'failed', 'skipped']),
  detail: text('What was read, or why not, for people.'),
  checks: count.describe('How many checks could not judge everything for want of it.'),
});

const controls = texts.describe('Ids of controls.');

const framework = z.strictObject({
  framework: text('Id of the compliance framework.'),
  controls: z.strictObject({
    fail: controls,
    unknown: controls,
    pass: controls,
    manual: controls,
    'not-evaluated': controls,
  }),
});

/** An object that has some of the members of an enumeration. */
const partly = <Value extends z.ZodType>(names: readonly string[], value: Value) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, value.optional()])));

const news = z
  .strictObject({
    administrators: someOf(z.strictObject({ arn: z.string(), by })).describe('Those who have become administrator.'),
    external: someOf(access).describe('Access from outside that is new or worse.'),
    changes: partly(CHANGE_KINDS, count)
      .nullable()
      .describe('How many changes there are of each kind; null: the two audits could not be compared.'),
  })
  .meta({ id: 'news', description: 'What is not as it was at the audit before.' });

const account = z
  .strictObject({
    schemaVersion: z.literal('1.0'),
    accountId,
    alias: z.string().nullable(),
    runId: text('The audit of the account, whose own report has the rest.'),
    baselineRunId: z.string().nullable().describe('The audit that it is compared with; null: it is the first.'),
    collectedAt: instant,
    complete: z.boolean().describe('Whether every source was read whole.'),
    gaps: z.array(gap),
    findings: partly(SEVERITIES, partly(FINDING_STATES, count)).describe('How many findings, by severity and state.'),
    unjudged: count.describe('What could not be judged.'),
    principals: count,
    administrators: count.describe('Those who are administrator without conditions, the root user among them.'),
    escalating: z
      .strictObject({ surely: count, conditionally: count })
      .describe('Those who are no administrators and can become one.'),
    paths: z
      .strictObject({
        total: count,
        listed: z.array(path),
        byProof: z.strictObject({ proven: count, derived: count, conditional: count }),
        crossing: count.describe('Those that lead into other accounts.'),
      })
      .describe('Open paths to administrator, of the account or of others.'),
    worst: someOf(finding).describe('Open problems that are no such path.'),
    frameworks: z.array(framework),
    news: news.nullable().describe('Null: there is no audit before.'),
  })
  .meta({ id: 'accountSummary', description: 'What the audit of one account comes to.' });

const organizationSchema = z
  .strictObject({
    schemaVersion: z.literal('1.0').describe('The version of this format.'),
    night,
    vigilVersion: text('The version of Vigil.'),
    expected: z.array(expectedSchema).describe('The accounts that were to be audited, those that are missing first.'),
    accounts: z.array(account).describe('The accounts that were audited, by risk.'),
  })
  .meta({
    title: 'organization.json of Vigil',
    description:
      'What a night of Vigil over the accounts of an organization comes to. Members are only added within a version: a reader should pass over those that it does not know, though this schema, which is of one release, refuses them.',
  });

/** The text of `config/organization.schema.json`. */
export const organizationSchemaText = (): string => {
  const { $schema, title, description, ...schema } = z.toJSONSchema(organizationSchema, { target: 'draft-2020-12' });
  return `${JSON.stringify({ $schema, title, description, ...schema }, undefined, 2)}\n`;
};
