import type { Escalation, EscalationStep, GrantingStatement, TranscriptEntry } from '../finding/check-result.ts';
import type { MethodTitles } from './method-titles.ts';
import { nameOfArn } from './name-of-arn.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { visibleText } from './visible-text.ts';
import { capitalized } from './words.ts';

/** A path of escalation as the page tells it. */
export interface EscalationView {
  readonly reaches: string;
  readonly proofLabel: string;
  readonly proofText: string;
  /** Why it is not proven; null: it is, or nothing is told. */
  readonly proofReason: string | null;
  readonly steps: readonly StepView[];
  /** The requests of the replay; null: nothing was replayed. */
  readonly transcript: readonly TranscriptView[] | null;
}

/** A request of the replay as the page tells it. */
interface TranscriptView {
  /** `before`, `step 1`, `in the end`. */
  readonly when: string;
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  /** JSON; null: none were sent. */
  readonly parameters: string | null;
  readonly outcome: string;
}

interface StepView {
  readonly from: string;
  /** What happens: `becomes` or `uses`, with whom or what in `to`, or all of it: `makes itself administrator`. */
  readonly deed: string;
  readonly to: string | null;
  /** Id of the catalogue, and its title; null where none is known. */
  readonly method: string;
  readonly methodTitle: string | null;
  /** What holds in the account and makes it work. */
  readonly preconditions: readonly (readonly ProsePart[])[];
  readonly requests: readonly {
    readonly action: string;
    readonly resource: string;
    readonly grantedBy: readonly GrantView[];
  }[];
}

/** A statement that grants something, as the page tells it. */
export interface GrantView {
  /** `inline policy`, `trust policy`, `policy` of a resource; null for a managed policy. */
  readonly kind: string | null;
  /** The ARN of a managed policy, or the name of an inline policy; null: there is one of the kind. */
  readonly policy: string | null;
  /** Whose it is; null for a managed policy. */
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
export const escalationView = (
  { reaches, proof, proofReason, steps, transcript }: Escalation,
  titles: MethodTitles,
): EscalationView => ({
  reaches: reached(reaches),
  proofLabel: capitalized(proof),
  proofText: PROOF_TEXTS[proof],
  proofReason: proofReason === undefined ? null : visibleText(capitalized(proofReason)),
  steps: steps.map((step, index) => stepView(step, index === steps.length - 1 ? reaches : null, titles)),
  transcript: transcript === undefined ? null : transcript.map(transcriptView),
});

const OUTCOMES: Readonly<Record<TranscriptEntry['outcome'], string>> = {
  done: 'done',
  allowed: 'allowed, but a service would carry it out that the copy does not have',
  refused: 'refused',
};

const transcriptView = (
  { step, caller, action, resource, parameters, outcome, code, message }: TranscriptEntry,
  index: number,
): TranscriptView => ({
  when: step === null ? (index === 0 ? 'before' : 'in the end') : `step ${step + 1}`,
  caller: visibleText(caller),
  action: visibleText(action),
  resource: visibleText(resource),
  parameters: Object.keys(parameters).length === 0 ? null : visibleText(JSON.stringify(parameters)),
  outcome: visibleText([OUTCOMES[outcome], code, message].filter((part) => part !== undefined).join(': ')),
});

const reached = (arnOrWord: string): string =>
  arnOrWord.startsWith('arn:') ? nameOfArn(arnOrWord) : visibleText(arnOrWord);

/** `end` is what the last step of a path reaches. */
const stepView = (
  { method, from, to, requests, preconditions = [] }: EscalationStep,
  end: string | null,
  titles: MethodTitles,
): StepView => ({
  from: reached(from),
  deed: deedOf(from, to, end),
  to: to === from ? null : reached(to),
  method: visibleText(method),
  methodTitle: titles.get(method) ?? null,
  preconditions: preconditions.map(proseOf),
  requests: requests.map(({ action, resource, grantedBy }) => ({
    action: visibleText(action),
    resource: visibleText(resource),
    grantedBy: grantedBy.map(grantView),
  })),
});

const deedOf = (from: string, to: string, end: string | null): string => {
  if (to !== from) return to.startsWith('arn:') && to.split(':', 3)[2] !== 'iam' ? 'uses' : 'becomes';
  return end === 'administrator' ? 'makes itself administrator' : 'changes what it may do';
};

/** How the name of a policy that belongs to something goes on after the ARN of that. */
const KINDS = [
  ['#inline/', 'inline policy'],
  ['#trust', 'trust policy'],
  ['#policy', 'policy'],
] as const;

/** A statement that grants something, as the page tells it. */
export const grantView = ({ policy, statement }: GrantingStatement): GrantView => {
  // People count from one, programs that read `findings.json` from zero.
  const told = `statement ${statement + 1} (index ${statement})`;
  for (const [mark, kind] of KINDS) {
    const at = policy.indexOf(mark);
    if (at < 0) continue;
    const name = policy.slice(at + mark.length);
    return {
      kind,
      policy: name === '' ? null : visibleText(name),
      holder: nameOfArn(policy.slice(0, at)),
      statement: told,
    };
  }
  return { kind: null, policy: visibleText(policy), holder: null, statement: told };
};
