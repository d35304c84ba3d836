import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { KEYS, SECRET } from './organization-under-faults.ts';

type ActorName = Exclude<keyof typeof KEYS, 'vigil'>;

/** Who changes things between the nights, with clients that sign as they would. */
export type Actors = Readonly<Record<ActorName, ReturnType<typeof clientsOf>>>;

/** The actors of the accounts that an endpoint serves. */
export const actorsAt = (endpoint: string): Actors => ({
  opal: clientsOf(endpoint, 'opal'),
  dora: clientsOf(endpoint, 'dora'),
  sam: clientsOf(endpoint, 'sam'),
});

const clientsOf = (endpoint: string, name: ActorName) => {
  const credentials = { accessKeyId: KEYS[name], secretAccessKey: SECRET };
  const config = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
  return {
    iam: new IAMClient(config),
    organizations: new OrganizationsClient(config),
    analyzer: new AccessAnalyzerClient(config),
  };
};
