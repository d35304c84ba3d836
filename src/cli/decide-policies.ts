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
  resource(field: string, document: GivenPolicy['document']): NamedPolicy;
}

/** The policies of one line, so far none. */
export const givenPolicies = (compile: DocumentCompiler): GivenPolicies => {
  const byPointer = new Map<string, GivenName>();
  const add = (pointer: string, givenName: string, document: GivenPolicy['document']): NamedPolicy => {
    const named = { name: pointer, givenName, policy: compile(document) };
    byPointer.set(pointer, named);
    return named;
  };
  const union: GivenPolicies['union'] = (field, policies = []) =>
    policies.map(({ name, document }, index) =>
      add(`${field}/${index}/document`, name ?? `${field.slice(1)}/${index}`, document),
    );
  return {
    byPointer,
    union,
    capping: (field, policies = []) => (policies.length === 0 ? null : union(field, policies)),
    levels: (field, levels) => levels.map((level, index) => union(`${field}/${index}`, level)),
    resource: (field, document) => add(field, field.slice(1), document),
  };
};
