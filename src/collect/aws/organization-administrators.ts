import type { DelegatedAdministrator } from '../../snapshot/organization.ts';
import { allTokenPages, required } from './answers.ts';
import type { OrganizationAsking } from './organization-asking.ts';

/** The accounts that administer services for the organization, and which services; null: not all could be read. */
export const readDelegatedAdministrators = async ({
  reader,
  client,
  sdk,
}: OrganizationAsking): Promise<readonly DelegatedAdministrator[] | null> => {
  const accounts = await reader.read('organizations:ListDelegatedAdministrators', () =>
    allTokenPages(
      (NextToken) => client.send(new sdk.ListDelegatedAdministratorsCommand({ NextToken })),
      ({ DelegatedAdministrators }) =>
        required(DelegatedAdministrators, 'DelegatedAdministrators').map(({ Id, Name }) => ({
          accountId: required(Id, 'Id'),
          name: Name ?? '',
        })),
      ({ NextToken }) => NextToken,
    ),
  );
  const services =
    accounts &&
    (await reader.readEach(
      'organizations:ListDelegatedServicesForAccount',
      accounts,
      ({ accountId }) => accountId,
      ({ accountId: AccountId }) =>
        allTokenPages(
          (NextToken) => client.send(new sdk.ListDelegatedServicesForAccountCommand({ AccountId, NextToken })),
          ({ DelegatedServices }) =>
            required(DelegatedServices, 'DelegatedServices').map(({ ServicePrincipal }) =>
              required(ServicePrincipal, 'ServicePrincipal'),
            ),
          ({ NextToken }) => NextToken,
        ),
    ));
  if (accounts === null || services === null || services.includes(null)) return null;
  return accounts
    .map((account, index) => ({ ...account, services: (services[index] ?? []).toSorted() }))
    .sort((one, other) => (one.accountId < other.accountId ? -1 : 1));
};
