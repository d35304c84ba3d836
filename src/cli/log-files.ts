import { withCloudTrail } from '../collect/cloudtrail-files.ts';
import type { Config } from '../config/config.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { AccountSource, SourceProblem } from '../ports/account-source.ts';
import type { Progress } from '../ports/progress.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import type { AccountOptions } from './account-options.ts';

/** Accounts with what the log files of CloudTrail show, those that the options name or else the configuration. */
export const withLogFiles = async (
  sources: readonly AccountSource[],
  { cloudtrail }: AccountOptions,
  { collect }: Config,
  progress: Progress,
): Promise<Result<readonly AccountSource[], SourceProblem>> => {
  const paths = cloudtrail ?? collect.cloudTrail;
  if (paths.length === 0) return ok(sources);
  return withCloudTrail(sources, paths, { reference: await loadServiceReference(), progress });
};
