import { accountAt } from '../account/cloud-state.ts';
import type { EmulatedCloud } from './http/emulated-account.ts';

/** The regions in which the main account has resources or analyzers, in order. */
export const regionsInUse = ({ cloud, main }: Pick<EmulatedCloud, 'cloud' | 'main'>): readonly string[] => {
  const { resources, analyzers } = accountAt(cloud, main);
  const regions = [...resources.values(), ...analyzers.values()].map(({ region }) => region);
  // Buckets stand in none.
  return [...new Set(regions)].filter((region) => region !== '').sort();
};
