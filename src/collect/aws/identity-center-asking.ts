import type { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import type { Reader } from './reader.ts';

/** What asks IAM Identity Center about an instance. */
export interface IdentityCenterAsking {
  readonly reader: Reader;
  readonly sdk: typeof import('@aws-sdk/client-sso-admin');
  readonly client: SSOAdminClient;
  readonly InstanceArn: string;
}
