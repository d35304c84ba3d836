import type { Cause, ThingType } from '../write-requests.ts';

/** A thing whose change may be behind something, and what of it. */
export interface Suspect {
  readonly thing: Thing;
  readonly causes: ReadonlySet<Cause>;
  /** The part that a request must name if it names one; null: any. */
  readonly part: string | null;
  /** How much a request on it says, the higher the more. */
  readonly weight: number;
}

/** What a request can be about. */
export interface Thing {
  readonly type: ThingType;
  readonly arn: string;
  /** Unique id, or the ARN where there is none. */
  readonly id: string;
  /** Where it is, if its ARN does not tell; null: nobody knows, or everywhere. */
  readonly region: string | null;
}

/** A thing of IAM by its ARN; null: it is none that requests change. */
export const iamThing = (arn: string): Thing | null => {
  const [, , service, , , resource = ''] = arn.split(':');
  const kind = service === 'iam' ? /^(user|group|role|policy)\//.exec(resource)?.[1] : undefined;
  return kind === undefined ? null : { type: TYPES[kind] ?? 'User', arn, id: arn, region: null };
};

const TYPES: Readonly<Record<string, ThingType>> = {
  user: 'User',
  group: 'Group',
  role: 'Role',
  policy: 'ManagedPolicy',
};

/** What all that may be of a thing is behind something. */
export const suspect = (
  thing: Thing,
  causes: readonly Cause[],
  { part = null, weight = 0 }: { readonly part?: string | null; readonly weight?: number } = {},
): Suspect => ({ thing, causes: new Set(causes), part, weight });
