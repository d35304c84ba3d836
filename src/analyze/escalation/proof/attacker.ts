import { friendlyName, stsArn } from '../../../iam/arn.ts';
import type { Role, User } from '../../../snapshot/account-snapshot.ts';

/** As whom a request of a replay is made. */
export type Attacker =
  /** The principal with whom the path begins: a user with its key, a role by a session. */
  | { readonly kind: 'start'; readonly arn: string; readonly principal: string; readonly mfa: boolean }
  /** Whoever holds credentials that an earlier answer gave. */
  | { readonly kind: 'credentials'; readonly arn: string; readonly principal: string; readonly given: Credentials }
  /** A user in the console, with a password set before. */
  | { readonly kind: 'console'; readonly arn: string; readonly principal: string }
  /** A session of a role that a service has, or what else nothing in the account shows: credentials of a principal. */
  | { readonly kind: 'taken-over'; readonly arn: string; readonly principal: string }
  /** Nobody: the request carries its own proof of who asks. */
  | { readonly kind: 'anonymous'; readonly arn: string };

/** Credentials as AWS's answers give them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Null: a long-term key. */
  readonly sessionToken: string | null;
}

/** The name of the sessions that an attacker opens. */
export const SESSION_NAME = 'escalation';

/** Nobody in particular. */
export const ANONYMOUS: Attacker = { kind: 'anonymous', arn: 'anonymous' };

/** The principal with whom a path begins. `mfa`: its requests come with MFA. */
export const startAs = ({ arn }: User | Role, mfa: boolean): Attacker => ({
  kind: 'start',
  arn: actingArn(arn),
  principal: arn,
  mfa,
});

/** A principal of which the attacker has got hold by what nothing in the account shows. */
export const takeOver = (principal: string): Attacker => ({ kind: 'taken-over', arn: actingArn(principal), principal });

/** A user who signs in to the console. */
export const signIn = (principal: string): Attacker => ({ kind: 'console', arn: principal, principal });

/** How AWS names whoever acts as a user or role: a role by a session of it. */
const actingArn = (principal: string): string => {
  const [, partition = 'aws', , , accountId = ''] = principal.split(':');
  return isRoleArn(principal)
    ? stsArn(partition, accountId, `assumed-role/${friendlyName(principal)}/${SESSION_NAME}`)
    : principal;
};

/** Whether an ARN is a role's. */
export const isRoleArn = (arn: string): boolean => arn.includes(':role/');
