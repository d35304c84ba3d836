/** The services that have credentials of their own: a user name and password, or API keys with this beginning. */
const SERVICES: ReadonlyMap<string, string | null> = new Map([
  ['codecommit.amazonaws.com', null],
  ['cassandra.amazonaws.com', null],
  ['bedrock.amazonaws.com', 'ABSK'],
  ['logs.amazonaws.com', 'ACWL'],
]);

/** Whether a service has credentials of its own. */
export const hasCredentials = (serviceName: string): boolean => SERVICES.has(serviceName);

/** How the API keys of a service begin; null where it has a user name and password instead. */
export const apiKeyPrefix = (serviceName: string): string | null => SERVICES.get(serviceName) ?? null;
