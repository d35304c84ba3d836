import type { FindingProof, ProvableFinding, ReplayQuestion } from '../analyze/prove-finding.ts';
import { createReplayClient } from '../emulator/replay-client.ts';
import { systemClock } from './system-clock.ts';

/** Runs the replay of a finding against an emulated account that is served on this machine. */
export const proveOverHttp = async (finding: ProvableFinding, endpoint: string): Promise<FindingProof> => {
  const client = await createReplayClient(endpoint);
  const replay = finding.replay(systemClock.now());
  let next = replay.next();
  while (next.done !== true) next = replay.next(await answer(client, next.value));
  const { transcript, refusal, missing } = next.value;
  if (refusal !== null) return { kind: 'refused', reason: refusal, transcript };
  return missing.length === 0
    ? { kind: 'proven', reason: null, transcript }
    : { kind: 'derived', reason: `not carried out: ${[...new Set(missing)].join(', ')}`, transcript };
};

const answer = async (
  client: Awaited<ReturnType<typeof createReplayClient>>,
  asked: ReplayQuestion,
): Promise<unknown> => {
  switch (asked.kind) {
    case 'request':
      return client.perform(asked.request);
    case 'owner':
      return client.askOwner(asked.action, asked.input);
    case 'service':
      return null;
  }
};
