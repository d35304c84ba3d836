import type { Actor } from './actor.ts';

/** A request that changed something, as CloudTrail recorded it. Requests that AWS refused are none. */
export interface WriteEvent {
  /** `eventID`: the same event may be read twice. */
  readonly id: string;
  /** The account whose events it is among. */
  readonly accountId: string;
  readonly region: string;
  readonly actor: Actor;
  /** What the request, or the answer to it, names: `userName`, `policyArn`, `accessKeyId`. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** A request to look up. */
export interface AskedRequest {
  /** `iam:AttachUserPolicy` */
  readonly request: string;
  /** Where it would have been made; null: where the service keeps what is the same everywhere, or in any region. */
  readonly region: string | null;
}
