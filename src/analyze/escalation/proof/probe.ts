import type { Attacker } from './attacker.ts';
import type { ReplayRequest } from './replay-request.ts';

/** A request that shows how far somebody has come: it reads a list. */
export interface Probe {
  readonly action: string;
}

/** What an administrator may and hardly anybody else, in the order of trying. */
export const PROBES: readonly [Probe, ...Probe[]] = [
  { action: 'iam:ListUsers' },
  { action: 'kms:ListKeys' },
  { action: 'secretsmanager:ListSecrets' },
  { action: 'dynamodb:ListTables' },
  { action: 's3:ListBuckets' },
  { action: 'lambda:ListFunctions' },
  { action: 'sqs:ListQueues' },
  { action: 'sns:ListTopics' },
];

/** What anybody may, and what tells who one is. */
export const WHO_IS_IT: Probe = { action: 'sts:GetCallerIdentity' };

/** The request of a probe, made by somebody. */
export const probeRequest = ({ action }: Probe, as: Attacker): ReplayRequest => ({
  step: null,
  as,
  action,
  resource: '*',
  input: {},
  context: {},
  sourceIp: null,
  region: null,
  shown: {},
});
