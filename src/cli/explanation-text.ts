import { type Decider, keysByDecider } from '../evaluate/context-keys.ts';
import type { Decision, Limit } from '../evaluate/decision.ts';
import { residualText } from '../evaluate/describe-residual.ts';
import type { Change, Explanation, StatementPlace, Verdict } from '../evaluate/explain-decision.ts';
import type { Formula } from '../evaluate/formula.ts';

/** The lines of a short proof: what was decided, what each kind of policy says, and what would have to change. */
export const explanationLines = ({ decision, verdicts, change }: Explanation): readonly string[] => [
  decisionText(decision),
  ...(decision.kind === 'allowedIf' ? deciderLines(decision.residual) : []),
  ...verdicts.flatMap(verdictLines),
  ...(change === null ? [] : [changeText(change)]),
];

/** Who decides whether the conditions hold. */
const deciderLines = (residual: Formula): readonly string[] =>
  [...keysByDecider(residual)].map(
    ([decider, keys]) => `  ${DECIDERS[decider]} ${keys.map((key) => `\`${key}\``).join(', ')}`,
  );

const DECIDERS: Readonly<Record<Decider, string>> = {
  principal: 'decided by who the principal is:',
  author: 'chosen by whoever makes the request:',
  surroundings: 'decided by where, when and how the request is made:',
  resource: 'decided by the resource:',
};

/** A decision in a few words. */
export const decisionText = (decision: Decision): string => {
  switch (decision.kind) {
    case 'allowed':
      return 'allowed';
    case 'allowedIf':
      return `allowed if ${residualText(decision.residual)}`;
    case 'explicitDeny':
      return 'denied by a Deny';
    case 'implicitDeny':
      return `denied: no statement of ${limitText(decision.silent, decision.level ?? null)} allows it`;
    case 'undetermined':
      return `cannot be told: ${decision.reasons.map(({ policy, message }) => `${message} (${policy})`).join('; ')}`;
  }
};

const LIMITS: Readonly<Record<Limit | 'question', string>> = {
  question: 'the question',
  scp: 'the SCPs',
  rcp: 'the RCPs',
  'endpoint-policy': 'the VPC endpoint policy',
  'permissions-boundary': 'the permissions boundary',
  'session-policy': 'the session policy',
  identity: 'the identity-based policies',
  'resource-policy': 'the resource-based policy',
};

/** A kind of policy in words, of an SCP or RCP with its level. */
export const limitText = (limit: Limit | 'question', level: number | null): string =>
  level === null ? LIMITS[limit] : `${LIMITS[limit]} of level ${level}`;

const VERDICTS: Readonly<Record<Verdict['verdict'], string>> = {
  allowed: 'allowed',
  allowedIf: 'allowed',
  silent: 'silent',
  denied: 'denied',
  deniedIf: 'denied',
};

const verdictLines = ({ limit, level, verdict, statements, condition }: Verdict): readonly string[] => [
  `  ${limitText(limit, level)}: ${VERDICTS[verdict]}${condition === null ? '' : ` if ${residualText(condition)}`}`,
  ...statements.map((statement) => `    ${placeText(statement)}`),
];

const changeText = (change: Change): string =>
  change.kind === 'spare'
    ? `  to allow it, this statement would have to spare it first: ${placeText(change.statement)}`
    : `  to allow it, ${limitText(change.limit, change.level)} would have to allow it first`;

/** A statement and where it stands. */
export const placeText = ({ policy, statement, sid }: StatementPlace): string =>
  `${policy} statement ${statement}${sid === null ? '' : ` (Sid ${sid})`}`;
