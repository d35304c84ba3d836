import type { Instant } from '../kernel/time.ts';
import type { GrantingStatement } from './check-result.ts';

/** What a principal may do: what its own policies let it within its limits, and the policies of the account's resources. */
export interface PrincipalAccess {
  readonly arn: string;
  /** Whether all of its policies could be read. */
  readonly complete: boolean;
  /** By service; what is granted of every service stands first. */
  readonly services: readonly ServiceAccess[];
}

/** What a principal may do of one service. */
export interface ServiceAccess {
  /** `s3`; `*`: every service. */
  readonly service: string;
  /** What is left out where it is every service: patterns of actions. */
  readonly except: readonly string[];
  /** How many known actions at each access level (`Read`, `Permissions management`); none for every service. */
  readonly levels: Readonly<Record<string, number>>;
  /** `conditional`: none of it without a condition or a limit that says where. */
  readonly granted: 'yes' | 'conditional';
  /** Whether some of it is granted on every resource. */
  readonly everywhere: boolean;
  readonly grantedBy: readonly GrantingStatement[];
  /** When it was last used; null: not in the time that AWS keeps track of; absent: not known. */
  readonly lastUsed?: Instant | null;
}
