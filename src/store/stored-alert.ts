import { deflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { type Alert, NOTICE_KINDS, TRANSITIONS } from '../finding/alert.ts';
import { CATEGORIES, SEVERITIES } from '../finding/check-result.ts';
import { documentText } from './documents.ts';
import { storedActor, storedInstant } from './stored-finding.ts';

const texts = z.array(z.string());
const account = z.object({ id: z.string(), alias: z.string().nullable() });

const storedItem = z.object({
  key: z.string(),
  account: account.exactOptional(),
  checkId: z.string(),
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES),
  transition: z.enum(TRANSITIONS),
  who: z.object({ name: z.string(), arn: z.string(), part: z.string().nullable() }),
  what: z.object({ title: z.string(), summary: z.string() }),
  why: texts,
  since: storedInstant,
  by: storedActor.nullable(),
  owner: z.string().nullable(),
  mend: texts,
  link: z.string().nullable(),
});

const storedAlert: z.ZodType<Alert> = z.object({
  id: z.string(),
  route: z.string(),
  test: z.boolean(),
  account: account.nullable(),
  accountIds: texts.exactOptional(),
  runId: z.string().nullable(),
  at: storedInstant,
  sinceBaseline: z.boolean(),
  items: z.array(storedItem),
  gaps: z.array(
    z.object({ account: account.exactOptional(), source: z.string(), detail: z.string(), checks: z.number() }),
  ),
  notices: z.array(z.object({ kind: z.enum(NOTICE_KINDS), account: account.exactOptional(), text: z.string() })),
  failure: z.string().nullable(),
  link: z.string().nullable(),
  reports: z
    .array(
      z.object({
        runId: z.string(),
        directory: z.string(),
        files: texts,
        link: z.string().nullable(),
        group: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
});

/** An alert as it is stored. */
export const printAlert = (alert: Alert): Uint8Array => deflateRawSync(JSON.stringify(alert));

/** Reads an alert as it was stored. */
export const parseAlert = (body: Uint8Array): Alert => storedAlert.parse(JSON.parse(documentText(body)));
