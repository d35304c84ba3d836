import { collectorPermissions } from './aws/actions.ts';

/** The identity-based policy that a collecting role needs, as AWS takes it: nothing but what the collector calls. */
export const auditorPolicy = () => {
  const permissions = collectorPermissions();
  const isIam = (action: string): boolean => action.startsWith('iam:');
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'VigilReadsIam', Effect: 'Allow', Action: permissions.filter(isIam), Resource: '*' },
      {
        Sid: 'VigilReadsOtherServices',
        Effect: 'Allow',
        Action: permissions.filter((action) => !isIam(action)),
        Resource: '*',
      },
    ],
  };
};
