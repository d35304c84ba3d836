import { z } from 'zod';
import { FINDING_STATES, type Finding } from '../finding/audit-report.ts';
import { CATEGORIES, SEVERITIES, SUBJECT_TYPES } from '../finding/check-result.ts';
import { SUPPRESSION_REASONS } from '../finding/suppression.ts';
import { isJsonObject, type JsonObject } from '../kernel/json.ts';
import { type Instant, parseInstant } from '../kernel/time.ts';

const texts = z.array(z.string());
// As it is: a copy member by member would lose a key `__proto__`.
const json = z.custom<JsonObject>(isJsonObject);

/** A time as it is stored. */
export const storedInstant = z.string().transform((text, context): Instant => {
  const instant = parseInstant(text);
  if (instant.ok) return instant.value;
  context.addIssue(instant.error);
  return z.NEVER;
});

/** Who made a change, as it is stored. */
export const storedActor = z.object({
  arn: z.string(),
  role: z.string().exactOptional(),
  at: storedInstant,
  request: z.string(),
  sourceIp: z.string().nullable(),
});

const transcriptEntry = z.object({
  step: z.number().nullable(),
  caller: z.string(),
  action: z.string(),
  resource: z.string(),
  parameters: json,
  outcome: z.enum(['done', 'allowed', 'refused']),
  code: z.string().exactOptional(),
  message: z.string().exactOptional(),
});

const escalationStep = z.object({
  method: z.string(),
  from: z.string(),
  to: z.string(),
  preconditions: texts.exactOptional(),
  requests: z.array(
    z.object({
      action: z.string(),
      resource: z.string(),
      grantedBy: z.array(z.object({ policy: z.string(), statement: z.number() })),
    }),
  ),
});

const storedFinding = z.object({
  key: z.string(),
  checkId: z.string(),
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES),
  outcome: z.enum(['fail', 'unknown']),
  accountId: z.string(),
  subject: z.object({
    arn: z.string(),
    type: z.enum(SUBJECT_TYPES),
    id: z.string(),
    part: z.string().nullable(),
  }),
  title: z.string(),
  summary: z.string(),
  evidence: json,
  conditions: z.object({ text: z.string(), formula: json }).nullable(),
  remediation: texts,
  frameworks: texts,
  escalation: z
    .object({
      reaches: z.string(),
      proof: z.enum(['proven', 'derived', 'conditional']),
      proofReason: z.string().exactOptional(),
      steps: z.array(escalationStep),
      transcript: z.array(transcriptEntry).exactOptional(),
    })
    .exactOptional(),
  external: z
    .object({
      principal: z.string(),
      kind: z.enum(['public', 'account', 'organization', 'federated', 'service']),
      resource: z.string(),
      actions: texts,
    })
    .exactOptional(),
  suppression: z
    .object({
      file: z.string(),
      line: z.number(),
      reason: z.enum(SUPPRESSION_REASONS),
      justification: z.string(),
      owner: z.string(),
      approver: z.string(),
      ticket: z.string().nullable(),
      expires: storedInstant,
      pin: z.string().nullable(),
    })
    .exactOptional(),
  owner: z.string().nullable().exactOptional(),
  people: z
    .object({
      permissionSet: z.string(),
      unknown: z.string().nullable(),
      users: texts,
      moreUsers: z.number(),
      groups: z.array(z.object({ name: z.string(), members: texts.nullable(), moreMembers: z.number() })),
      moreGroups: z.number(),
    })
    .exactOptional(),
  by: z.array(storedActor).exactOptional(),
});

/** A state as it is stored. */
export const storedState = z.enum(FINDING_STATES);

/** What of a finding is stored as a document: all but its life, so that the same finding is stored once. */
export const printFinding = ({ state: _, firstSeen: __, lastSeen: ___, ...finding }: Finding): string =>
  JSON.stringify(finding);

/** Reads a finding from its document and the row of its life. */
export const parseFinding = (
  document: string,
  life: { readonly state: string; readonly first_seen: string; readonly last_seen: string },
): Finding => ({
  ...storedFinding.parse(JSON.parse(document)),
  state: storedState.parse(life.state),
  firstSeen: storedInstant.parse(life.first_seen),
  lastSeen: storedInstant.parse(life.last_seen),
});
