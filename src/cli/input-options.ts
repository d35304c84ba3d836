import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { type AccountOptions, withAccountOptions } from './account-options.ts';

/** The options that say which accounts to read, live or saved, as commander parses them. */
export interface InputOptions extends AccountOptions {
  readonly from?: string;
  readonly accounts?: readonly string[];
  readonly authorizationDetails?: readonly string[];
  readonly credentialReport?: string;
  readonly organization?: string;
  readonly identityCenter?: string;
  readonly resources?: string;
  readonly lastAccessed?: string;
  readonly accessAnalyzer?: string;
  readonly now?: Instant;
}

const LIVE = ['emulated', 'profile', 'roleArn', 'endpointUrl'];

/**
 * Adds the options that say which accounts to read, live or saved. `endpointBesideSaved`: `--endpoint-url` says something else
 * where a saved or emulated account is given.
 */
export const withInputOptions = (
  command: Command,
  { endpointBesideSaved = false }: { readonly endpointBesideSaved?: boolean } = {},
): Command => {
  const live = LIVE.filter((name) => name !== 'endpointUrl' || !endpointBesideSaved);
  return withAccountOptions(command, { endpointBesideSaved })
    .addOption(
      new Option(
        '--from <DIR>',
        'a snapshot directory, or a directory of such directories; no AWS call is made',
      ).conflicts([...live, 'authorizationDetails', 'credentialReport']),
    )
    .addOption(
      new Option(
        '--authorization-details <FILE>',
        'a saved `aws iam get-account-authorization-details`; several times for several accounts',
      )
        .argParser<string[]>((file, files) => [...(files ?? []), file])
        .conflicts(live),
    )
    .option('--credential-report <FILE>', 'a saved credential report (CSV), beside --authorization-details')
    .option('--organization <FILE>', 'organization.json of a snapshot directory: the SCPs and RCPs above the account')
    .option(
      '--identity-center <FILE>',
      'identity-center.json of a snapshot directory: permission sets, and who is assigned them',
    )
    .option('--resources <FILE>', 'resources.json of a snapshot directory: what carries policies or runs as a role')
    .option('--last-accessed <FILE>', 'last-accessed.json of a snapshot directory')
    .option('--access-analyzer <FILE>', 'access-analyzer.json of a snapshot directory: which analyzers there are')
    .option(
      '--now <ISO>',
      'the clock (default: the real one; for a snapshot directory, when it was collected)',
      instantArgument,
    );
};

const instantArgument = (text: string): Instant => {
  const instant = parseInstant(text);
  if (!instant.ok) throw new InvalidArgumentError(instant.error);
  return instant.value;
};
