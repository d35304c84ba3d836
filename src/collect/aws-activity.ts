import type { ActivitySource } from '../ports/activity-source.ts';
import type { AwsSourceOptions } from './aws/aws-source-options.ts';

/** Who changed what in the account that the given credentials reach, as `cloudtrail:LookupEvents` tells. */
export const createAwsActivity = (options: AwsSourceOptions): ActivitySource => ({
  async writes(question) {
    if (question.requests.length === 0 || question.from >= question.to) return { events: [], gaps: [] };
    const { lookUpActivity } = await import('./aws/look-up-activity.ts');
    return lookUpActivity(options, question);
  },
});
