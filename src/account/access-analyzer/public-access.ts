import { coversPattern } from '../../access/pattern-cover.ts';
import { publicStatements, sparesFixedCallers } from '../../evaluate/public-policy.ts';
import type { CompiledPolicy, CompiledStatement } from '../../policy/compile-policy.ts';
import type { Bitset } from '../../reference/bitset.ts';

/** The statements by which a resource-based policy gives everybody something that no other of its statements takes back. */
export const publicAccess = (policy: CompiledPolicy): readonly CompiledStatement[] =>
  publicStatements(policy).filter((allow) => !policy.denies.some((deny) => takesBack(deny, allow)));

/** Whether a Deny statement leaves of an Allow at most what fixed callers may do. */
const takesBack = (deny: CompiledStatement, allow: CompiledStatement): boolean =>
  deny.principal?.everybody === true &&
  deny.principal.kind === 'principal' &&
  deny.conditions.every(sparesFixedCallers) &&
  includes(deny.actions.covers(), allow.actions.covers()) &&
  (deny.resource === null || patternsOf(allow).every((pattern) => coversPattern(deny, pattern)));

const includes = (outer: Bitset, inner: Bitset): boolean => inner.every((word, at) => (word & ~(outer[at] ?? 0)) === 0);

/** Null stands for every resource there is. */
const patternsOf = ({ statement: { resource } }: CompiledStatement): readonly (string | null)[] =>
  resource?.kind === 'resource' ? resource.patterns.map((pattern) => (/^\*+$/.test(pattern) ? null : pattern)) : [null];
