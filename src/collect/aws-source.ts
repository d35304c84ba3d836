import type { AccountSource } from '../ports/account-source.ts';
import type { AwsSourceOptions } from './aws/aws-source-options.ts';
import { createAwsActivity } from './aws-activity.ts';

/**
 * The account that the given credentials reach, read through the AWS SDK: from AWS, or from anything that speaks its
 * protocol. Reads only; the calls that are neither Get nor List have reports made, `iam:GenerateCredentialReport` and
 * `iam:GenerateServiceLastAccessedDetails`.
 */
export const createAwsSource = (options: AwsSourceOptions): AccountSource => ({
  async collect(progress) {
    // Loading the SDK takes longer than everything else at start-up: only who reads from AWS pays for it.
    const { collectAccount } = await import('./aws/collect-account.ts');
    return collectAccount(options, progress);
  },
  ...(options.attribution !== false && { activity: createAwsActivity(options) }),
});
