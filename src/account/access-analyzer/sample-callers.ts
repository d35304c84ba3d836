import type { Caller } from '../../iam/caller.ts';
import { parseCaller } from '../../iam/caller.ts';
import type { PrincipalElement } from '../../policy/policy-document.ts';

/** The account of somebody whom no policy names. */
const STRANGER = '999999999999';

const stranger = (account: string): Caller => ({
  kind: 'user',
  arn: `arn:aws:iam::${account}:user/zqjxkv`,
  account,
});

/** Callers that tell a set of principal elements apart: those whom they name, others of their accounts, and strangers. */
export const sampleCallers = (principals: readonly PrincipalElement[]): readonly Caller[] => {
  const named = principals.flatMap(({ aws, service, federated }) => [
    ...aws.flatMap(callersNamed),
    ...service.map((name): Caller => ({ kind: 'service', service: name })),
    ...federated.map((provider): Caller => ({ kind: 'federated', provider })),
  ]);
  const callers: readonly Caller[] = [...named, stranger(STRANGER), { kind: 'anonymous' }];
  return [...new Map(callers.map((caller) => [JSON.stringify(caller), caller])).values()];
};

const KINDS = ['user', 'role', 'assumedRole', 'federatedUser'] as const;

const callersNamed = (name: string): readonly Caller[] => {
  const account = /^(?:arn:[^:]+:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(name)?.[1];
  if (account === undefined) return [];
  const itself = KINDS.flatMap((kind) => {
    const caller = parseCaller(kind, name);
    return caller.ok ? [caller.value] : [];
  });
  return [...itself, stranger(account)];
};
