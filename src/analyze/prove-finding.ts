import type { AccountAccess } from '../access/account-access.ts';
import { operations } from '../account/operations.ts';
import { findingKey } from '../finding/finding-key.ts';
import type { Instant } from '../kernel/time.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot, Role, User } from '../snapshot/account-snapshot.ts';
import { principalCanBecomeAdministrator } from './checks/escalation/principal-can-become-administrator.ts';
import { escalationMethods } from './escalation/catalogue/index.ts';
import { isUnconditional } from './escalation/escalation-path.ts';
import { createEscalationFinder } from './escalation/find-escalation.ts';
import type { Attacker } from './escalation/proof/attacker.ts';
import type { Proof } from './escalation/proof/proof.ts';
import { proveAnswers } from './escalation/proof/prove-answers.ts';
import { asksForMfa, createPathProver } from './escalation/proof/prove-paths.ts';
import { type Asked, type Replay, type ReplayOutcome, replayPath } from './escalation/proof/replay-path.ts';
import type { ReplayAnswer, ReplayRequest } from './escalation/proof/replay-request.ts';

/** A finding of escalation whose path can be replayed. */
export interface ProvableFinding {
  readonly key: string;
  /** The ARN of the principal that becomes administrator. */
  readonly subject: string;
  /** Whether the path hangs on something. */
  readonly conditional: boolean;
  readonly steps: readonly {
    readonly method: string;
    /** The method in words. */
    readonly title: string;
    readonly from: string;
    readonly to: string;
  }[];
  /** Replays the path on a copy of the account. */
  prove(): FindingProof;
  /** Begins a replay for somebody else to run, at a time. */
  replay(now: Instant): ReplayUnderWay;
}

/** What a replay showed. */
export type FindingProof = Proof;

/** A replay that somebody runs: what it asks, whoever it asks as, and what it is answered. */
export type ReplayUnderWay = Replay<ReplayOutcome>;
export type ReplayQuestion = Asked;
export type ReplayCaller = Attacker;
export type RequestOfReplay = ReplayRequest;
export type AnswerToReplay = ReplayAnswer;

/** The findings of escalation of an account, by which principals become administrator. */
export const provableFindings = (
  snapshot: AccountSnapshot,
  {
    access,
    reference,
    now,
  }: { readonly access: AccountAccess; readonly reference: ServiceReference; readonly now: Instant },
): readonly ProvableFinding[] => {
  const find = createEscalationFinder(snapshot, access, reference);
  const proveAll = createPathProver(snapshot, reference, now);
  const found = [...snapshot.users, ...snapshot.roles].flatMap((start) => {
    const answer = find(start);
    return answer.kind === 'found' ? [{ start, answer }] : [];
  });
  return proveAnswers(found, proveAll).map(({ start, answer: { path } }) => ({
    key: keyOf(start, snapshot),
    subject: start.arn,
    conditional: !isUnconditional(path),
    steps: path.steps.map(({ method, from, to }) => ({ method, title: titleOf(method), from, to })),
    prove: () => proveAll([{ start, path }])[0] ?? NOTHING,
    replay: (at) =>
      replayPath(path, {
        start,
        mfa: asksForMfa(path.residual),
        now: at,
        carriesOut: (action) => operations.has(action),
      }),
  }));
};

const NOTHING: FindingProof = { kind: 'not-replayed', reason: 'nothing was replayed', transcript: [] };

const keyOf = (start: User | Role, { accountId }: AccountSnapshot): string =>
  findingKey({
    checkId: principalCanBecomeAdministrator.id,
    accountId,
    subjectId: 'userName' in start ? start.userId : start.roleId,
    part: null,
  });

const titleOf = (method: string): string => escalationMethods.find(({ id }) => id === method)?.title ?? method;
