import type { Escalation, EscalationStep, GrantingStatement } from '../finding/check-result.ts';
import type { MethodTitles } from './method-titles.ts';
import { nameOfArn } from './name-of-arn.ts';
import { visibleText } from './visible-text.ts';
import { capitalized } from './words.ts';

/** A path of escalation as the page tells it. */
export interface EscalationView {
  readonly reaches: string;
  readonly proofLabel: string;
  readonly proofText: string;
  readonly steps: readonly StepView[];
}

interface StepView {
  readonly from: string;
  /** What happens: `becomes`, with whom in `to`, or all of it: `makes itself administrator`. */
  readonly deed: string;
  readonly to: string | null;
  /** Id of the catalogue, and its title; null where none is known. */
  readonly method: string;
  readonly methodTitle: string | null;
  readonly requests: readonly {
    readonly action: string;
    readonly resource: string;
    readonly grantedBy: readonly GrantView[];
  }[];
}

interface GrantView {
  /** The ARN of a managed policy, or the name of an inline policy. */
  readonly policy: string;
  /** Whose inline policy it is; null for a managed policy. */
  readonly holder: string | null;
  readonly statement: string;
}

const PROOF_TEXTS: Readonly<Record<Escalation['proof'], string>> = {
  proven: 'Every request was carried out on a copy of the account, as the principal that the attacker is by then.',
  derived:
    'Every request is authorized by the policies of the account; what it changes was worked out, not carried out.',
  conditional: 'The requests are authorized only where the conditions named here hold.',
};

/** A path of escalation as the page tells it. */
export const escalationView = ({ reaches, proof, steps }: Escalation, titles: MethodTitles): EscalationView => ({
  reaches: reached(reaches),
  proofLabel: capitalized(proof),
  proofText: PROOF_TEXTS[proof],
  steps: steps.map((step, index) => stepView(step, index === steps.length - 1 ? reaches : null, titles)),
});

const reached = (arnOrWord: string): string =>
  arnOrWord.startsWith('arn:') ? nameOfArn(arnOrWord) : visibleText(arnOrWord);

/** `end` is what the last step of a path reaches. */
const stepView = (
  { method, from, to, requests }: EscalationStep,
  end: string | null,
  titles: MethodTitles,
): StepView => ({
  from: reached(from),
  deed: to !== from ? 'becomes' : end === 'administrator' ? 'makes itself administrator' : 'changes what it may do',
  to: to === from ? null : reached(to),
  method: visibleText(method),
  methodTitle: titles.get(method) ?? null,
  requests: requests.map(({ action, resource, grantedBy }) => ({
    action: visibleText(action),
    resource: visibleText(resource),
    grantedBy: grantedBy.map(grantView),
  })),
});

const INLINE = '#inline/';

const grantView = ({ policy, statement }: GrantingStatement): GrantView => {
  const at = policy.indexOf(INLINE);
  return {
    policy: visibleText(at < 0 ? policy : policy.slice(at + INLINE.length)),
    holder: at < 0 ? null : nameOfArn(policy.slice(0, at)),
    // People count from one, programs that read `findings.json` from zero.
    statement: `statement ${statement + 1} (index ${statement})`,
  };
};
