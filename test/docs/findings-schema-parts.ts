import { z } from 'zod';

/** A text, and what it is. */
export const text = (description: string) => z.string().describe(description);

/** A list of texts. */
export const texts = z.array(z.string());

/** Twelve digits. */
export const accountId = z
  .string()
  .regex(/^\d{12}$/)
  .describe('Id of the AWS account.');

/** Id of a check. */
export const checkId = z
  .string()
  .regex(/^[a-z0-9-]+$/)
  .describe('Id of the check.');

/** A time as ISO 8601 in UTC. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/)
  .describe('ISO 8601 in UTC.');

/** Who made a change, as CloudTrail tells. */
export const actorSchema = z
  .strictObject({
    arn: z.string(),
    role: z.string().optional().describe('The role whose session it is; absent: it is no session of a role.'),
    at: instant,
    request: z.string().describe('The request: `iam:AttachUserPolicy`.'),
    sourceIp: z.string().nullable(),
  })
  .meta({ id: 'actor', description: 'Who made a change, as CloudTrail tells.' });

/** A JSON object of any members. */
export const anyObject = z.record(z.string(), z.unknown());
