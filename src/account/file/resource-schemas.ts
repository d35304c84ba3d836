import { z } from 'zod';
import { ANALYZER_TYPES } from '../analyzer-state.ts';
import { ENTITY_AGE, type Moment, name, policyDocument, tags } from './values.ts';

const region = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'a region is written like `eu-central-1`');

/** A resource of another service in the account file. */
export const resourceSchema = (time: Moment) =>
  z.strictObject({
    service: z.enum(['ecr', 'kms', 'lambda', 's3', 'secretsmanager', 'sns', 'sqs']),
    name: z.string().regex(/^[\w./-]{1,256}$/, 'the name of a resource has letters, digits and `_./-` only'),
    region,
    createDate: time.prefault(ENTITY_AGE),
    policy: policyDocument.nullable().default(null),
    role: z.string().nullable().default(null),
    blockPublicAccess: z.boolean().default(false),
    tags,
  });

/** An analyzer of IAM Access Analyzer in the account file. */
export const analyzerSchema = (time: Moment) =>
  z.strictObject({
    analyzerName: name(255),
    type: z.enum(ANALYZER_TYPES).default('ACCOUNT'),
    region,
    createDate: time.prefault(ENTITY_AGE),
    unusedAccessAge: z.int().min(1).max(365).default(90),
    tags,
  });

/** The latest call of each action by a user or role: `{ "s3:GetObject": 3d ago }`. */
export const usesSchema = (time: Moment) =>
  z
    .record(z.string(), time)
    .superRefine((uses, context) => {
      for (const action of Object.keys(uses).filter((each) => !/^[a-z][a-z0-9-]*:[A-Z]\w*$/.test(each))) {
        const message = 'a use is of one action, such as `s3:GetObject`';
        context.addIssue({ code: 'custom', path: [action], message });
      }
    })
    .default({});
