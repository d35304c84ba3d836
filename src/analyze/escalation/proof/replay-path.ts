import type { TranscriptEntry } from '../../../finding/check-result.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import type { EscalationPath, PathStep } from '../escalation-path.ts';
import type { GrantedRequest } from '../way-match.ts';
import { type Attacker, startAs } from './attacker.ts';
import { entryRequest } from './entry-request.ts';
import { attackerAfter, type CarriedOut } from './next-attacker.ts';
import { PROBES, type Probe, probeRequest, WHO_IS_IT } from './probe.ts';
import { memberAt, type OwnerQuestion, type ReplayAnswer, type ReplayRequest, textAt } from './replay-request.ts';
import { type MadeOnTheWay, stepParameters } from './step-parameters.ts';
import { wantedValues } from './wanted-values.ts';

/** What a replay asks of whoever runs it: to make a request, to tell what is in the account, to do what a service would. */
export type Asked =
  | { readonly kind: 'request'; readonly request: ReplayRequest }
  | OwnerQuestion
  | { readonly kind: 'service'; readonly step: PathStep };

/** A replay under way. A request is answered with a `ReplayAnswer`, a question to the owner with AWS's answer. */
export type Replay<Result> = Generator<Asked, Result, unknown>;

/** What came of a replay. */
export interface ReplayOutcome {
  readonly transcript: readonly TranscriptEntry[];
  /** Who the attacker is in the end. */
  readonly end: Attacker;
  /** What was refused, in words; null: nothing. */
  readonly refusal: string | null;
  /** What was not carried out, in words. */
  readonly missing: readonly string[];
}

/** What a replay goes by. */
export interface ReplayGiven {
  readonly start: User | Role;
  /** Whether the first requests come with MFA. */
  readonly mfa: boolean;
  /** Whether whoever runs the replay can carry out an action. */
  readonly carriesOut: (action: string) => boolean;
  readonly now: Instant;
}

/**
 * Replays a path request by request, as whoever the attacker is by then, and ends with a request that the start is refused
 * and an administrator is not; of a path to another principal, with one that tells who asks.
 */
export function* replayPath(path: EscalationPath, given: ReplayGiven): Replay<ReplayOutcome> {
  const transcript: TranscriptEntry[] = [];
  const missing: string[] = [];
  let attacker = startAs(given.start, given.mfa);
  const over = (refusal: string | null): ReplayOutcome => ({ transcript, end: attacker, refusal, missing });
  const probe = path.reaches.startsWith('administrator') ? yield* chooseProbe(attacker, transcript) : WHO_IS_IT;
  for (const [index, step] of path.steps.entries()) {
    const played = yield* playStep({ step, index, attacker, given, transcript });
    if (played.kind === 'refused') return over(played.refusal);
    missing.push(...played.missing);
    attacker = played.attacker;
  }
  const last = yield* send(probeRequest(probe, attacker), transcript);
  return over(last.kind === 'refused' ? refusalOf(probe.action, last) : null);
}

/** The first probe that the start of a path is refused, which is written down; the first of all where it is refused none. */
function* chooseProbe(start: Attacker, transcript: TranscriptEntry[]): Replay<Probe> {
  for (const probe of PROBES) {
    const tried: TranscriptEntry[] = [];
    const answer = yield* send(probeRequest(probe, start), tried);
    if (answer.kind !== 'refused') continue;
    transcript.push(...tried);
    return probe;
  }
  return PROBES[0];
}

interface Playing {
  readonly step: PathStep;
  readonly index: number;
  readonly attacker: Attacker;
  readonly given: ReplayGiven;
  readonly transcript: TranscriptEntry[];
}

type Played =
  | { readonly kind: 'refused'; readonly refusal: string }
  | { readonly kind: 'played'; readonly attacker: Attacker; readonly missing: readonly string[] };

function* playStep(playing: Playing): Replay<Played> {
  const { step, index, attacker, given, transcript } = playing;
  let made: MadeOnTheWay = { mfaDevice: null, provider: null };
  const answers: CarriedOut[] = [];
  const missing: string[] = [];
  for (const granted of step.requests) {
    const request = yield* requestOf(granted, made, playing);
    const answer = yield* sendOnAll(request, granted.others, transcript);
    if (answer.kind === 'refused') return { kind: 'refused', refusal: refusalOf(request.action, answer) };
    if (answer.kind === 'allowed') missing.push(request.action);
    else {
      answers.push({ action: request.action, answer: answer.answer });
      made = withAnswer(made, granted, answer.answer);
    }
  }
  const entry = yield* entryRequest(step, { made, index, attacker, now: given.now });
  if (entry !== null) {
    const answer = yield* send(entry, transcript);
    if (answer.kind === 'refused') return { kind: 'refused', refusal: refusalOf(entry.action, answer) };
    if (answer.kind === 'done') answers.push({ action: entry.action, answer: answer.answer });
  }
  if (missing.length > 0) yield { kind: 'service', step };
  const next = attackerAfter(step, attacker, answers);
  if (!next.shown) missing.push(`the credentials of ${step.to}`);
  return { kind: 'played', attacker: next.attacker, missing };
}

function* requestOf(
  granted: GrantedRequest,
  made: MadeOnTheWay,
  { step, index, attacker, given: { carriesOut, now } }: Playing,
): Replay<ReplayRequest> {
  const { action, resource, parameters, chosen, wanted } = granted;
  const sent =
    carriesOut(action) && parameters !== null
      ? yield* stepParameters({ step, request: { ...granted, parameters }, made, now })
      : null;
  const values = wantedValues(wanted);
  return {
    step: index,
    as: attacker,
    action,
    resource,
    // A parameter that nobody could work out stands for something that the snapshot does not tell.
    input: sent === null || Object.values(sent.input).includes('') ? null : sent.input,
    context: { ...Object.fromEntries(values), ...chosen },
    sourceIp: [...values].find(([key]) => key.toLowerCase() === 'aws:sourceip')?.[1] ?? null,
    region: sent?.region ?? null,
    shown: sent?.shown ?? {},
  };
}

/** Makes a request; of one that is not sent, asks on each resource that it names whether it is allowed. */
function* sendOnAll(
  request: ReplayRequest,
  others: readonly string[],
  transcript: TranscriptEntry[],
): Replay<ReplayAnswer> {
  let answer = yield* send(request, transcript);
  for (const resource of others) {
    if (answer.kind !== 'allowed') return answer;
    answer = yield* send({ ...request, resource }, transcript);
  }
  return answer;
}

/** Makes a request, and writes it down. */
function* send(request: ReplayRequest, transcript: TranscriptEntry[]): Replay<ReplayAnswer> {
  const answer = toReplayAnswer(yield { kind: 'request', request });
  const { step, as, action, resource, shown } = request;
  const refused = answer.kind === 'refused' ? { code: answer.code, message: answer.message } : {};
  transcript.push({ step, caller: as.arn, action, resource, parameters: shown, outcome: answer.kind, ...refused });
  return answer;
}

const isReplayAnswer = (value: unknown): value is ReplayAnswer => memberAt(value, 'kind') !== undefined;

const toReplayAnswer = (value: unknown): ReplayAnswer =>
  isReplayAnswer(value) ? value : { kind: 'refused', code: 'NotAnswered', message: 'nobody answered' };

const refusalOf = (action: string, { code, message }: Extract<ReplayAnswer, { kind: 'refused' }>): string =>
  `${action} was refused with ${code}: ${message}`;

/** With what an answer made that later requests of the step need. */
const withAnswer = (made: MadeOnTheWay, { action, resource }: GrantedRequest, answer: unknown): MadeOnTheWay => {
  switch (action) {
    case 'iam:CreateVirtualMFADevice': {
      const seed = memberAt(answer, 'VirtualMFADevice', 'Base32StringSeed');
      if (!(seed instanceof Uint8Array)) return made;
      const serialNumber = textAt(answer, 'VirtualMFADevice', 'SerialNumber');
      return { ...made, mfaDevice: { serialNumber, seed: Buffer.from(seed).toString('latin1') } };
    }
    case 'iam:CreateSAMLProvider':
      return { ...made, provider: textAt(answer, 'SAMLProviderArn') };
    case 'iam:CreateOpenIDConnectProvider':
      return { ...made, provider: textAt(answer, 'OpenIDConnectProviderArn') };
    case 'iam:UpdateSAMLProvider':
    case 'iam:AddClientIDToOpenIDConnectProvider':
    case 'iam:UpdateOpenIDConnectProviderThumbprint':
      return { ...made, provider: resource };
    default:
      return made;
  }
};
