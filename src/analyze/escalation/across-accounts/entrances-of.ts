import { TRUE } from '../../../evaluate/formula.ts';
import type { Arn } from '../../../iam/arn.ts';
import type { ServiceReference } from '../../../reference/service-reference.ts';
import type { OpenAccount } from '../../open-account.ts';
import type { CrownJewel } from '../crown-jewels.ts';
import type { Entrance, Opener } from './entrance.ts';
import { jewelEntrances } from './jewel-entrances.ts';
import { ASSUME_ROLE, type OpenRequest, openRequest } from './open-request.ts';
import { resourceEntrances } from './resource-entrances.ts';

/**
 * The entrances of an account for somebody of others of the accounts, on conditions or not: roles that trust them, resources that run
 * as somebody, hold credentials or feed what runs, and crown jewels. Nothing of them holds its snapshot.
 */
export const entrancesOf = (
  { snapshot, searched }: OpenAccount,
  reference: ServiceReference,
  { accounts, jewels }: { readonly accounts: ReadonlySet<string>; readonly jewels: readonly CrownJewel[] },
): readonly Entrance[] => {
  const { access } = searched();
  const others = { outside: access.outside, accounts };
  const open: Opener = (action, resource) => {
    const request = access.outsideRequest(action, resource);
    const side = access.resourceSide(action, resource);
    return request && side && openRequest(request, side, others);
  };
  return [
    ...snapshot.roles.flatMap(({ arn }): readonly Entrance[] => {
      const request = open(ASSUME_ROLE, arn);
      return request === null ? [] : [throughRole(arn, request)];
    }),
    ...resourceEntrances(snapshot, { access, reference, open }),
    ...jewelEntrances(snapshot, { jewels, reference, open }),
  ];
};

const throughRole = (arn: Arn, request: OpenRequest): Entrance => ({
  account: request.side.account,
  arn,
  method: 'sts-001',
  effect: 'becomes-target',
  requests: [request],
  residual: TRUE,
  provided: [],
});
