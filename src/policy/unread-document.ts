import type { PolicyDocument, PolicyProblem } from './policy-document.ts';

/** Why nothing is known of what a document says, neither what it allows nor what it denies; null where it could be read. */
export const unreadDocument = ({ problems }: PolicyDocument): PolicyProblem | null =>
  problems.find(({ pointer, skippedEffect }) => skippedEffect === 'unknown' && !pointer.startsWith('/Statement')) ??
  null;
