import type { Attacker } from './attacker.ts';
import type { ReplayRequest } from './replay-request.ts';

/** A request that shows how far somebody has come. It reads lists, or makes a group that nobody is in. */
export interface Probe {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What an administrator may and hardly anybody else, in the order of trying. */
export const PROBES: readonly [Probe, ...Probe[]] = [
  { action: 'iam:ListUsers', input: {} },
  { action: 'kms:ListKeys', input: {} },
  { action: 'secretsmanager:ListSecrets', input: {} },
  { action: 'dynamodb:ListTables', input: {} },
  { action: 'iam:CreateGroup', input: { GroupName: 'escalation-proof' } },
];

/** The request of a probe, made by somebody. */
export const probeRequest = ({ action, input }: Probe, as: Attacker): ReplayRequest => ({
  step: null,
  as,
  action,
  resource: '*',
  input,
  context: {},
  region: null,
  shown: {},
});
