import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Reader } from './reader.ts';

/** What asks AWS Organizations. */
export interface OrganizationAsking {
  readonly reader: Reader;
  readonly sdk: typeof import('@aws-sdk/client-organizations');
  readonly client: OrganizationsClient;
}

/** A level of the organization: its root, an organizational unit or an account. */
export interface LevelRef {
  readonly id: string;
  readonly name: string;
}
