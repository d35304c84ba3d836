import type { OrganizationsClient, PolicyType, Root } from '@aws-sdk/client-organizations';
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

/** The types of policies that are turned on. */
export const enabledTypes = (roots: readonly Root[]): readonly PolicyType[] =>
  roots.flatMap(({ PolicyTypes = [] }) =>
    PolicyTypes.flatMap(({ Type, Status }) => (Status === 'ENABLED' && Type !== undefined ? [Type] : [])),
  );
