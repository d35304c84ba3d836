import type { Extent } from '../../../access/grants-everything.ts';
import { accountFromSnapshot } from '../../../account/account-from-documents.ts';
import type { AccountState } from '../../../account/account-state.ts';
import {
  type Authorizer,
  createAuthorizer,
  createPermissionCheck,
  type PermissionCheck,
} from '../../../account/authorizer.ts';
import { accountAt, type CloudState } from '../../../account/cloud-state.ts';
import { operations } from '../../../account/operations.ts';
import type { Formula } from '../../../evaluate/formula.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { PolicyDocument } from '../../../policy/policy-document.ts';
import { createPolicyInterner } from '../../../policy/policy-interner.ts';
import type { ServiceReference } from '../../../reference/service-reference.ts';
import type { AccountSnapshot, Role, User } from '../../../snapshot/account-snapshot.ts';
import { type EscalationPath, isUnconditional } from '../escalation-path.ts';
import { isAdministratorIn, type Reading } from './arrival.ts';
import type { Attacker } from './attacker.ts';
import { runOnFork } from './fork-runner.ts';
import { involvedPart } from './involved.ts';
import type { Proof } from './proof.ts';
import { type ReplayOutcome, replayPath } from './replay-path.ts';

/** A path, and with whom it begins. */
export interface ProvablePath {
  readonly start: User | Role;
  readonly path: EscalationPath;
}

/** Replays paths of an account on forks of it. Equal paths get equal proofs, in the order in which they were given. */
export type PathProver = (paths: readonly ProvablePath[]) => readonly Proof[];

/** As many as are replayed, a millisecond each: more than the largest account of the benchmark has. */
const MOST_PROOFS = 5_000;

/** Makes the prover of an account, which replays so many paths at `most`. The copy of it is made of what they touch. */
export const createPathProver =
  (account: AccountSnapshot, reference: ServiceReference, now: Instant, most: number = MOST_PROOFS): PathProver =>
  (paths) => {
    // Those that need no condition first.
    const replayed = new Set([...paths].sort((one, other) => rank(one.path) - rank(other.path)).slice(0, most));
    if (replayed.size === 0) return [];
    const part = involvedPart(
      account,
      [...replayed].map(({ path }) => path),
    );
    const ground = makeGround(part, reference, now);
    return paths.map((each) =>
      replayed.has(each)
        ? prove(each, ground)
        : notReplayed(`not replayed: of an account ${most} paths are, those without conditions first`),
    );
  };

const rank = (path: EscalationPath): number => Number(!isUnconditional(path));

/** What paths are replayed on. */
interface Ground {
  readonly account: AccountSnapshot;
  readonly emulated: Result<CloudState, readonly string[]>;
  readonly authorize: Authorizer;
  readonly isPermitted: PermissionCheck;
  readonly reference: ServiceReference;
  readonly now: Instant;
  readonly intern: (raw: unknown) => PolicyDocument;
  /** Who was found to be administrator, in which state of the account. */
  readonly extents: WeakMap<AccountState, Map<string, Extent>>;
}

const makeGround = (account: AccountSnapshot, reference: ServiceReference, now: Instant): Ground => {
  const made = accountFromSnapshot(account, { now });
  return {
    account,
    emulated: made.ok ? { ok: true, value: made.value.cloud } : made,
    authorize: createAuthorizer(reference),
    isPermitted: createPermissionCheck(reference),
    reference,
    now,
    intern: createPolicyInterner(),
    extents: new WeakMap(),
  };
};

const notReplayed = (reason: string): Proof => ({ kind: 'not-replayed', reason, transcript: [] });

const prove = ({ start, path }: ProvablePath, ground: Ground): Proof => {
  const { account, emulated, now } = ground;
  if (!emulated.ok) {
    return notReplayed(`the account could not be emulated: ${emulated.error.slice(0, 1).join('')}`);
  }
  const place = { accountId: account.accountId, partition: account.partition };
  const given = { start, mfa: asksForMfa(path.residual), now, carriesOut: (action: string) => operations.has(action) };
  const { result, cloud } = runOnFork(replayPath(path, given), { ...ground, cloud: emulated.value, place });
  return judge(result, () => shortfall(result.end, accountAt(cloud, place), path, ground));
};

/** What of the path's promise did not come true, in words; null: nothing. */
const shortfall = (
  end: Attacker,
  state: AccountState,
  { reaches, steps }: EscalationPath,
  ground: Ground,
): string | null => {
  const principal = 'principal' in end ? end.principal : '';
  if (reaches === 'administrator under conditions') return null;
  if (reaches !== 'administrator') {
    const isPrincipal = /:(?:user|role)\//.test(reaches);
    return isPrincipal && principal !== reaches ? `the attacker was ${principal} in the end` : null;
  }
  const { organization: before } = ground.account;
  const lifted = before.known && steps.some(({ effect }) => effect === 'lifts-guardrails');
  const organization = lifted ? { ...before, value: null } : before;
  const extent = lifted
    ? isAdministratorIn(state, principal, { ...ground, organization })
    : knownExtent(state, principal, { ...ground, organization });
  return extent === 'yes' ? null : 'the attacker was no administrator in the end';
};

/** Most paths change nothing that the copy keeps and end at the same few administrators. */
const knownExtent = (state: AccountState, principal: string, reading: Reading & Pick<Ground, 'extents'>): Extent => {
  const known = reading.extents.get(state) ?? new Map<string, Extent>();
  reading.extents.set(state, known);
  const extent = known.get(principal) ?? isAdministratorIn(state, principal, reading);
  known.set(principal, extent);
  return extent;
};

const judge = ({ transcript, refusal, missing }: ReplayOutcome, shortfallOf: () => string | null): Proof => {
  const reason = refusal ?? shortfallOf();
  if (reason !== null) return { kind: 'refused', reason, transcript };
  return missing.length === 0
    ? { kind: 'proven', reason: null, transcript }
    : { kind: 'derived', reason: `not carried out: ${[...new Set(missing)].join(', ')}`, transcript };
};

/** Whether what a path hangs on is about MFA. */
export const asksForMfa = (formula: Formula): boolean => {
  if (formula.kind === 'atom')
    return formula.atom.kind === 'condition' && formula.atom.key.toLowerCase().startsWith('aws:multifactorauth');
  return (formula.kind === 'all' || formula.kind === 'any') && formula.of.some(asksForMfa);
};
