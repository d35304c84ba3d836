import type { Actor } from '../finding/actor.ts';
import { visibleText } from './visible-text.ts';
import { timeInWords } from './words.ts';

/** Who did something, as the page shows it; texts hold nothing invisible. */
export interface ActorView {
  readonly arn: string;
  /** The role whose session it is; null: it is none. */
  readonly role: string | null;
  readonly request: string;
  readonly time: string;
  /** Null: it is not told. */
  readonly sourceIp: string | null;
}

/** Who did something, as the page shows it. */
export const actorView = ({ arn, role, request, at, sourceIp }: Actor): ActorView => ({
  arn: visibleText(arn),
  role: role === undefined ? null : visibleText(role),
  request: visibleText(request),
  time: timeInWords(at),
  sourceIp: sourceIp === null ? null : visibleText(sourceIp),
});

/** Who did something, as `findings.json` tells it. */
export const actorMembers = ({ arn, role, at, request, sourceIp }: Actor): Actor => ({
  arn,
  ...(role !== undefined && { role }),
  at,
  request,
  sourceIp,
});
