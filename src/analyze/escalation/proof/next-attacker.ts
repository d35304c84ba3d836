import type { PathStep } from '../escalation-path.ts';
import { type Attacker, signIn, takeOver } from './attacker.ts';
import { memberAt, textAt } from './replay-request.ts';

/** A request of a step that was carried out, and AWS's answer. */
export interface CarriedOut {
  readonly action: string;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** Who the attacker is after a step, and whether the requests themselves made it so. */
export interface NextAttacker {
  readonly attacker: Attacker;
  readonly shown: boolean;
}

/** Who the attacker is after the requests of a step: the holder of the credentials that they gave, or the same as before. */
export const attackerAfter = (
  { effect, to }: PathStep,
  attacker: Attacker,
  answers: readonly CarriedOut[],
): NextAttacker => {
  switch (effect) {
    case 'becomes-target':
    case 'raises-target':
    case 'frees-target':
    case 'escapes-limits':
    case 'administers-organization':
      return becoming(to, answers);
    case 'presents-mfa':
      return 'principal' in attacker ? becoming(attacker.principal, answers) : { attacker, shown: false };
    case 'lifts-guardrails':
    case 'allows-everything':
    case 'rewrites-policy':
    case 'rolls-back-policy':
    case 'joins-group':
    case 'lifts-boundary':
    case 'drops-policy':
    case 'sets-own-tag':
    case 'reads-resource':
    case 'acts-through-target':
      return { attacker, shown: true };
  }
};

const becoming = (principal: string, answers: readonly CarriedOut[]): NextAttacker => {
  const given = answers.findLast(({ answer }) => 'Credentials' in answer || 'AccessKey' in answer);
  if (given !== undefined) return { attacker: holderOf(given.answer, principal), shown: true };
  if (answers.some(({ action }) => action.endsWith('LoginProfile')))
    return { attacker: signIn(principal), shown: true };
  // The secret of a key that is active again is what the path is conditional on.
  return {
    attacker: takeOver(principal),
    shown: answers.some(({ action }) => action === 'iam:UpdateAccessKey'),
  };
};

const holderOf = (answer: CarriedOut['answer'], principal: string): Attacker => {
  const from = memberAt(answer, 'Credentials') ?? memberAt(answer, 'AccessKey');
  const sessionToken = textAt(from, 'SessionToken');
  return {
    kind: 'credentials',
    arn: textAt(answer, 'AssumedRoleUser', 'Arn') || principal,
    principal,
    given: {
      accessKeyId: textAt(from, 'AccessKeyId'),
      secretAccessKey: textAt(from, 'SecretAccessKey'),
      sessionToken: sessionToken === '' ? null : sessionToken,
    },
  };
};
