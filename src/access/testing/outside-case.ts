import { residualText } from '../../evaluate/describe-residual.ts';
import { loadServiceReference } from '../../reference/service-reference.ts';
import { at } from '../../snapshot/testing/collected-builder.ts';
import { policyDocument } from '../../snapshot/testing/policy-builder.ts';
import { type AdmittedOutsider, createOutsideAccess, type OutsideRequest } from '../outside-access.ts';
import { outsiderName } from '../outsider.ts';

/** The account whose resources the cases are about. */
export const OWN = '111122223333';

/** What is asked of which kind of resource. */
const QUESTIONS = {
  bucket: { action: 's3:GetObject', resource: 'arn:aws:s3:::amzn-s3-demo-bucket/report.csv' },
  role: { action: 'sts:AssumeRole', resource: `arn:aws:iam::${OWN}:role/app` },
  'web identity': { action: 'sts:AssumeRoleWithWebIdentity', resource: `arn:aws:iam::${OWN}:role/app` },
  saml: { action: 'sts:AssumeRoleWithSAML', resource: `arn:aws:iam::${OWN}:role/app` },
  key: { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab` },
  topic: { action: 'sns:Publish', resource: `arn:aws:sns:us-east-1:${OWN}:orders` },
  queue: { action: 'sqs:SendMessage', resource: `arn:aws:sqs:us-east-1:${OWN}:orders` },
  function: { action: 'lambda:InvokeFunctionUrl', resource: `arn:aws:lambda:us-east-1:${OWN}:function:hello` },
} as const;

/** A kind of resource that the cases ask about. */
export type Asked = keyof typeof QUESTIONS;

/** The request about a kind of resource whose policy has these statements. */
export const outsideRequest = (asked: Asked, statements: readonly object[]): OutsideRequest => ({
  ...QUESTIONS[asked],
  account: OWN,
  policy: { name: 'policy', document: policyDocument({ Version: '2012-10-17', Statement: statements }) },
});

/** Access from outside on the first day of 2026. */
export const outsideAccess = createOutsideAccess(await loadServiceReference(), at('2026-01-01T00:00:00Z'));

/** Each outsider who is let in, with the conditions: `account 444455556666 if …`. */
export const tell = (request: OutsideRequest): readonly string[] => outsideAccess.whoCan(request).map(line);

const line = ({ outsider, decision }: AdmittedOutsider): string => {
  const who = `${outsider.kind} ${outsiderName(outsider)}`;
  if (decision.kind === 'allowed') return who;
  return decision.kind === 'undetermined' ? `${who}?` : `${who} if ${residualText(decision.residual)}`;
};
