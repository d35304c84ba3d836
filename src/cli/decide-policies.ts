import type { Level, NamedPolicy } from '../evaluate/applicable-policies.ts';
import type { GivenName, PoliciesByPointer } from './decide-answer.ts';
import type { DocumentCompiler } from './decide-documents.ts';
import type { GivenPolicy } from './decide-request.ts';

/** Makes the policies of one line ready, and remembers them by the pointers to their documents. */
export interface GivenPolicies {
  readonly byPointer: PoliciesByPointer;
  union(field: string, policies: readonly GivenPolicy[] | undefined): readonly NamedPolicy[];
  /** Null where there are none, so that nothing is capped. */
  capping(field: string, policies: readonly GivenPolicy[] | undefined): readonly NamedPolicy[] | null;
  levels(field: string, levels: readonly (readonly GivenPolicy[])[]): readonly Level[];
  resource(field: string, policy: GivenPolicy): NamedPolicy;
}

/** The policies of one line, so far none. */
export const givenPolicies = (compile: DocumentCompiler): GivenPolicies => {
  const byPointer = new Map<string, GivenName>();
  const add = (place: string, { name, document, at }: GivenPolicy): NamedPolicy => {
    const pointer = `${place}${at}`;
    const named = { name: pointer, givenName: name ?? place.slice(1), policy: compile(document) };
    byPointer.set(pointer, named);
    return named;
  };
  const union: GivenPolicies['union'] = (field, policies = []) =>
    policies.map((policy, index) => add(`${field}/${index}`, policy));
  return {
    byPointer,
    union,
    capping: (field, policies = []) => (policies.length === 0 ? null : union(field, policies)),
    levels: (field, levels) => levels.map((level, index) => union(`${field}/${index}`, level)),
    resource: add,
  };
};
