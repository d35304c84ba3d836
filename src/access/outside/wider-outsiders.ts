import type { Outsider } from '../outsider.ts';

/** Those of a list who stand for an outsider too: its account, any account, any service, and whoever does not sign. */
export const widerOutsiders = <T extends { readonly outsider: Outsider }>(
  outsider: Outsider,
  list: readonly T[],
): readonly T[] => list.filter((each) => isWider(each.outsider, outsider));

const isWider = (wide: Outsider, outsider: Outsider): boolean => {
  switch (wide.kind) {
    case 'anonymous':
      return outsider.kind !== 'anonymous';
    case 'anyAccount':
      return !['anonymous', 'anyAccount', 'federated'].includes(outsider.kind);
    case 'account':
      return outsider.kind === 'principal' && outsider.account === wide.account;
    case 'service':
      return wide.service === null && outsider.kind === 'service' && outsider.service !== null;
    default:
      return false;
  }
};
