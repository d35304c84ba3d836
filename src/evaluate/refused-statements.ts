import type { CompiledPolicy } from '../policy/compile-policy.ts';
import type { ApplicablePolicies, NamedPolicy } from './applicable-policies.ts';
import type { Doubt } from './decision.ts';
import { type StatementForm, wrongForm } from './statement-index.ts';

/** What is wrong with policies, and what of them therefore never grants: AWS would refuse it where it stands. */
export const refusedStatements = (policies: ApplicablePolicies): readonly Doubt[] => {
  const { identity, boundary, session, scps = [], rcps = [], endpoint, resource } = policies;
  return [
    ...refusedIn([...identity, ...(boundary ?? []), ...(session ?? []), ...scps.flat()], 'identity'),
    ...refusedIn([...rcps.flat(), ...(endpoint ?? [])], 'cap'),
    ...refusedIn(resource == null ? [] : [resource], 'resource'),
  ];
};

const refusedIn = (policies: readonly NamedPolicy[], form: StatementForm): readonly Doubt[] =>
  policies.flatMap(({ name, policy }) => refusalsOf(policy, form).map((refusal) => ({ policy: name, ...refusal })));

type Refusal = Omit<Doubt, 'policy'>;

const known = new WeakMap<CompiledPolicy, Map<StatementForm, readonly Refusal[]>>();

const refusalsOf = (policy: CompiledPolicy, form: StatementForm): readonly Refusal[] => {
  const byForm = known.get(policy) ?? new Map<StatementForm, readonly Refusal[]>();
  known.set(policy, byForm);
  const refusals = byForm.get(form) ?? findRefusals(policy, form);
  byForm.set(form, refusals);
  return refusals;
};

const findRefusals = ({ document, allows, denies }: CompiledPolicy, form: StatementForm): readonly Refusal[] => [
  ...document.problems.map(({ pointer, message }) => ({ pointer, message })),
  ...[...allows, ...denies].flatMap((compiled) => {
    const message = wrongForm(compiled, form);
    return message === null ? [] : [{ pointer: compiled.statement.pointer, message }];
  }),
];
