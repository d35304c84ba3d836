import { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { SOURCE_NAMES } from '../snapshot/collected.ts';
import { CHANGE_KINDS } from './account-change.ts';
import { FINDING_STATES } from './audit-report.ts';
import { SEVERITIES } from './check-result.ts';
import type { AccountSummary, SummarizedFinding } from './organization-night.ts';

/** Reads a summary as it was stored as JSON; the error is one line. */
export const parseAccountSummary = (text: string): Result<AccountSummary, string> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('the summary is no JSON');
  }
  const parsed = accountSummarySchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const [first] = parsed.error.issues;
  return err(`the summary at /${first?.path.join('/') ?? ''}: ${first?.message ?? ''}`);
};

const count = z.number().int().min(0);
const texts = z.array(z.string());
const accountId = z.string().regex(/^\d{12}$/);
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/)
  .transform((text, context): Instant => {
    const parsed = parseInstant(text);
    if (parsed.ok) return parsed.value;
    context.addIssue(parsed.error);
    return z.NEVER;
  });

const someOf = <Item extends z.ZodType>(item: Item) => z.object({ total: count, listed: z.array(item) });

const actor = z
  .object({
    arn: z.string(),
    role: z.string().exactOptional(),
    at: instant,
    request: z.string(),
    sourceIp: z.string().nullable(),
  })
  .nullable();

const findingMembers = {
  key: z.string(),
  checkId: z.string(),
  severity: z.enum(SEVERITIES),
  state: z.enum(FINDING_STATES),
  subject: z.string(),
  summary: z.string(),
  by: actor,
};
const finding: z.ZodType<SummarizedFinding> = z.object(findingMembers);

const path = z.object({
  ...findingMembers,
  proof: z.enum(['proven', 'derived', 'conditional']),
  reaches: z.string(),
  into: someOf(z.string()),
  steps: count,
});

const access = z.object({
  ...findingMembers,
  principal: z.string(),
  kind: z.enum(['public', 'account', 'organization', 'federated', 'service']),
});

const gap = z.object({
  source: z.enum(SOURCE_NAMES),
  status: z.enum(['partial', 'denied', 'failed', 'skipped']),
  detail: z.string(),
  checks: count,
});

const accountSummarySchema: z.ZodType<AccountSummary> = z.object({
  schemaVersion: z.literal('1.0'),
  accountId,
  alias: z.string().nullable(),
  runId: z.string(),
  baselineRunId: z.string().nullable(),
  collectedAt: instant,
  complete: z.boolean(),
  gaps: z.array(gap),
  findings: z.partialRecord(z.enum(SEVERITIES), z.partialRecord(z.enum(FINDING_STATES), count)),
  unjudged: count,
  principals: count,
  administrators: count,
  escalating: z.object({ surely: count, conditionally: count }),
  paths: someOf(path).extend({
    byProof: z.object({ proven: count, derived: count, conditional: count }),
    crossing: count,
  }),
  worst: someOf(finding),
  frameworks: z.array(
    z.object({
      framework: z.string(),
      controls: z.object({ fail: texts, pass: texts, unknown: texts, manual: texts, 'not-evaluated': texts }),
    }),
  ),
  news: z
    .object({
      administrators: someOf(z.object({ arn: z.string(), by: actor })),
      external: someOf(access),
      changes: z.partialRecord(z.enum(CHANGE_KINDS), count).nullable(),
    })
    .nullable(),
});
