import type { PolicyDocument } from '../../policy/policy-document.ts';
import { createPolicyInterner } from '../../policy/policy-interner.ts';

/** A policy document as a plain object (or JSON text), parsed; broken ones parse too, with their problems. */
export const policyDocument: (raw: unknown) => PolicyDocument = createPolicyInterner();

/** A document that allows actions on resources: `allow('s3:*')`, `allow(['s3:GetObject'], 'arn:aws:s3:::b/*')`. */
export const allow = (action: string | readonly string[], resource: string | readonly string[] = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

/** A trust policy that lets a principal assume the role: `trusts({ AWS: '111122223333' })`. */
export const trusts = (principal: unknown, condition?: Readonly<Record<string, unknown>>) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: principal,
      Action: 'sts:AssumeRole',
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ],
});
