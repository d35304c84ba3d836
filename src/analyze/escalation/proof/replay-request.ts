import type { RequestContext } from '../../../evaluate/request-context.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { Attacker } from './attacker.ts';

/** A request of a replay. */
export interface ReplayRequest {
  /** Position of the step in the path; null: before or after it. */
  readonly step: number | null;
  readonly as: Attacker;
  readonly action: string;
  readonly resource: string;
  /** The members of AWS's input shape; null: the request is not sent, only whether it is allowed is asked. */
  readonly input: Readonly<Record<string, unknown>> | null;
  /** The condition keys of a request that is not sent. */
  readonly context: RequestContext;
  /** The address that it comes from; null: this machine's. */
  readonly sourceIp: string | null;
  /** The region that is called; null: the partition's first. */
  readonly region: string | null;
  /** The parameters with placeholders for secrets. */
  readonly shown: JsonObject;
}

/** What became of a request of a replay. */
export type ReplayAnswer =
  | { readonly kind: 'done'; readonly answer: Readonly<Record<string, unknown>> }
  /** It was not sent, but it would be allowed. */
  | { readonly kind: 'allowed' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** What a replay wants to know of the account and asks as its owner, who may everything: what the attacker knows already. */
export interface OwnerQuestion {
  readonly kind: 'owner';
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A member of an answer, by its path; undefined where it is absent. */
export const memberAt = (answer: unknown, ...path: readonly (string | number)[]): unknown => {
  let value = answer;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = new Map<string, unknown>(Object.entries(value)).get(String(name));
  }
  return value;
};

/** A text in an answer; empty where it is absent. */
export const textAt = (answer: unknown, ...path: readonly (string | number)[]): string => {
  const value = memberAt(answer, ...path);
  return typeof value === 'string' ? value : '';
};
