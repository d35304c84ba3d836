import type { Instant } from '../../kernel/time.ts';
import { parseInstant } from '../../kernel/time.ts';
import type { CollectedAccount } from '../../ports/account-source.ts';
import type { Progress } from '../../ports/progress.ts';
import type { SourceName } from '../../snapshot/collected.ts';
import { COLLECTED_ACTIONS, type SourceAction } from '../aws/actions.ts';
import type { AwsSourceOptions, Timer } from '../aws/aws-source-options.ts';
import { createAwsSource } from '../aws-source.ts';

const NOW: Instant = (() => {
  const parsed = parseInstant('2026-01-01T02:00:00Z');
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
})();

/** A timer whose time passes only by sleeping, at once. `slept`: what was slept so far, in milliseconds. */
export const fakeTimer = (): Timer & { readonly slept: readonly number[] } => {
  const slept: number[] = [];
  let now = 0;
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  };
};

/** Options that neither wait nor need credentials, for IAM alone. */
export const testOptions = (endpointUrl: string, options: Partial<AwsSourceOptions> = {}): AwsSourceOptions => ({
  endpointUrl,
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'the-secret-access-key' },
  clock: { now: () => NOW },
  random: () => 0,
  timer: fakeTimer(),
  resources: false,
  organization: false,
  identityCenter: false,
  accessAnalyzer: false,
  ...options,
});

/** Progress that nobody looks at. */
export const noProgress: Progress = { phase: () => {}, step: () => {} };

/** Collects, and expects that the account could be read. */
export const collectFrom = async (
  endpointUrl: string,
  options: Partial<AwsSourceOptions> = {},
): Promise<CollectedAccount> => {
  const collected = await createAwsSource(testOptions(endpointUrl, options)).collect(noProgress);
  if (!collected.ok) throw new Error(collected.error.message);
  return collected.value;
};

/** What is called of IAM itself. */
export const IAM_ACTIONS: readonly SourceAction[] = Object.keys(COLLECTED_ACTIONS).filter(
  (action): action is SourceAction => action.startsWith('iam:') && action !== 'iam:ListOrganizationsFeatures',
);

/** What IAM itself tells. */
export const IAM_SOURCES: ReadonlySet<SourceName> = new Set(IAM_ACTIONS.map((action) => COLLECTED_ACTIONS[action]));
