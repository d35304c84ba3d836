import type { AuditInput } from '../audit/run-audit.ts';
import type { Config } from '../config/config.ts';
import { silenceSdkVersionWarning } from '../config/environment.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { InputOptions } from './input-options.ts';
import { openInputSources } from './input-sources.ts';
import { openListedAccounts } from './listed-accounts.ts';
import { rememberedReadingOptions } from './live-account.ts';
import { withLogFiles } from './log-files.ts';
import { noticeTo } from './notice.ts';
import { fixedClock, systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** The accounts of an audit, and what to end when they are read. */
export interface AuditSources
  extends Pick<AuditInput, 'sources' | 'clock' | 'unread' | 'selection' | 'accountsAtOnce' | 'tellers'> {
  close(): Promise<void>;
}

/** The accounts that the options name; where they name none, those that the configuration lists. */
export const openAuditSources = async (
  options: InputOptions,
  config: Config,
  terminal: Terminal,
): Promise<Result<AuditSources, readonly string[]>> => {
  const { list, organization, maxConcurrency: accountsAtOnce } = config.accounts;
  const hasList = list.length > 0 || organization !== undefined;
  const selection = options.accounts ?? null;
  if (!hasList && selection !== null) {
    return err(['--accounts chooses among the accounts of the configuration, which lists none under `accounts`']);
  }
  if (!hasList || namesAccount(options)) return openInputSources(options, config, terminal);
  const single = ONE_ACCOUNT.find(({ option }) => options[option] !== undefined);
  if (single !== undefined) return err([`${single.flag} is about one account; give it with the account’s own options`]);
  silenceSdkVersionWarning();
  const clock = options.now === undefined ? systemClock : fixedClock(options.now);
  const region = options.region ?? config.aws.region;
  const reading = rememberedReadingOptions(config, { clock, warn: noticeTo(terminal, 'reading hampered') });
  const listed = await openListedAccounts({ ...config, aws: { ...config.aws, region } }, reading, selection);
  const sources = await withLogFiles(listed.sources, options, config, terminal.progress);
  const problem = sources.ok ? nothingToRead(listed.sources.length, selection) : sources.error.message;
  if (sources.ok && problem === null) {
    return ok({ ...listed, sources: sources.value, clock, selection, accountsAtOnce });
  }
  await listed.close();
  return err([problem ?? '']);
};

const ONE_ACCOUNT = [
  { option: 'credentialReport', flag: '--credential-report' },
  { option: 'organization', flag: '--organization' },
  { option: 'identityCenter', flag: '--identity-center' },
  { option: 'resources', flag: '--resources' },
  { option: 'lastAccessed', flag: '--last-accessed' },
  { option: 'accessAnalyzer', flag: '--access-analyzer' },
] as const;

/** Whether options say which account is to be read. */
export const namesAccount = ({
  emulated,
  profile,
  roleArn,
  endpointUrl,
  from,
  authorizationDetails,
}: InputOptions): boolean =>
  [emulated, profile, roleArn, endpointUrl, from, authorizationDetails].some((named) => named !== undefined);

const nothingToRead = (accounts: number, selection: readonly string[] | null): string | null => {
  if (accounts > 0) return null;
  return selection === null
    ? 'no account is left to audit: see `allow` and `deny` of `accounts.organization`, and which accounts are active'
    : `no account is called ${selection.map((name) => `\`${name}\``).join(' or ')}: see \`accounts\` of the configuration`;
};
