import { join } from 'node:path';
import { createAwsSource } from '../collect/aws-source.ts';
import type { Config } from '../config/config.ts';
import { cacheHome, processEnvironment, silenceSdkVersionWarning } from '../config/environment.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { AccountSource } from '../ports/account-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { AccountOptions } from './account-options.ts';

/** An account that can be read now, and what ends when it has been. */
export interface LiveAccount {
  readonly source: AccountSource;
  close(): Promise<void>;
}

/** An account of our own needs no sparing. */
const EMULATED_CALLS_PER_SECOND = 1000;

/** What reading needs beside the configuration. */
export interface ReadingTools {
  readonly clock: Clock;
  readonly warn: (message: string) => void;
}

/** The account that the options name: the embedded emulated one, or what the SDK's credential chain reaches. */
export const openLiveAccount = async (
  options: AccountOptions,
  config: Config,
  tools: ReadingTools,
): Promise<Result<LiveAccount, readonly string[]>> => {
  const { aws, collect } = config;
  silenceSdkVersionWarning();
  if (options.emulated === undefined) {
    const source = createAwsSource({
      profile: options.profile ?? aws.profile,
      roleArn: options.roleArn ?? aws.roleArn,
      externalId: options.externalId ?? aws.externalId,
      endpointUrl: options.endpointUrl ?? aws.endpointUrl,
      region: options.region ?? aws.region,
      ...rememberedReadingOptions(config, tools),
    });
    return ok({ source, close: async () => {} });
  }
  const { startAccount } = await import('./embedded-account.ts');
  const file = options.emulated === true ? undefined : options.emulated;
  const emulator = await startAccount(file, { clock: tools.clock });
  if (!emulator.ok) return emulator;
  const { endpoint, credentials } = emulator.value;
  const source = createAwsSource({
    endpointUrl: endpoint,
    region: 'us-east-1',
    credentials,
    ...readingOptions(config, tools),
    regions: collect.regions.length > 0 ? collect.regions : emulator.value.regions,
    callsPerSecond: EMULATED_CALLS_PER_SECOND,
  });
  return ok({ source, close: () => emulator.value.close() });
};

/** What is read of an account, and how fast. */
const readingOptions = ({ aws, collect }: Config, { clock }: ReadingTools) => {
  const { regions, lastAccessed, resources, organization, identityCenter, accessAnalyzer } = collect;
  const { cloudTrailDays, attribution } = collect;
  const concurrency = aws.maxConcurrency;
  const read = { regions, lastAccessed, resources, organization, identityCenter, accessAnalyzer, cloudTrailDays };
  return { clock, concurrency, ...read, attribution };
};

/** The same, with what is remembered of the last time. */
export const rememberedReadingOptions = (config: Config, tools: ReadingTools) => ({
  ...readingOptions(config, tools),
  lastAccessedCache: cacheOf(config.collect, tools.warn),
});

const cacheOf = ({ cacheDirectory, cacheHours: hours }: Config['collect'], warn: (message: string) => void) => {
  const home = cacheHome(processEnvironment());
  const directory = cacheDirectory ?? (home === null ? undefined : join(home, 'iam-vigil'));
  return directory === undefined || hours === 0 ? undefined : { directory, hours, warn };
};
