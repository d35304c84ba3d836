import { IAM } from '@aws-sdk/client-iam';
import { runningAccount } from './running-account.ts';

/** The ARN of something in the account's IAM. */
export const arnOf = (resource: string): string => `arn:aws:iam::123456789012:${resource}`;

/** Serves the account that a file describes until the test ends; every operation of IAM as a method of `iam`. */
export const iamApi = async (accountFileText: string) => {
  const { endpoint, credentials, clock } = await runningAccount(accountFileText);
  return { iam: new IAM({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }), clock };
};

/** The document that an answer holds. */
export const documentOf = (text: string | undefined): unknown => JSON.parse(decodeURIComponent(text ?? ''));
