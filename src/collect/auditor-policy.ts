import { COLLECTED_ACTIONS } from './aws/actions.ts';

/**
 * The identity-based policy that a collecting role needs, as AWS takes it: nothing but what the collector calls.
 * `sts:GetCallerIdentity` is left out, for it needs no permission (AWS STS API Reference).
 */
export const auditorPolicy = () => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'VigilReadsIam',
      Effect: 'Allow',
      Action: Object.keys(COLLECTED_ACTIONS)
        .filter((action) => action.startsWith('iam:'))
        .sort(),
      Resource: '*',
    },
  ],
});
