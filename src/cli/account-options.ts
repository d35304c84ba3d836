import { type Command, Option } from 'commander';

/** The options that say which account to read, as commander parses them. */
export interface AccountOptions {
  readonly config?: string;
  readonly emulated?: string | true;
  readonly profile?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly cloudtrail?: readonly string[];
}

/** Adds the options that say which live account to read. `endpointBesideSaved`: `--endpoint-url` may stand beside `--emulated`. */
export const withAccountOptions = (
  command: Command,
  { endpointBesideSaved = false }: { readonly endpointBesideSaved?: boolean } = {},
): Command =>
  command
    .option('--config <FILE>', 'YAML configuration (default: vigil.yaml in the working directory, if there is one)')
    .addOption(
      new Option(
        '--emulated [FILE]',
        'the embedded emulated account, as FILE defines it or the built-in demo',
      ).conflicts(endpointBesideSaved ? ['profile', 'roleArn'] : ['profile', 'roleArn', 'endpointUrl']),
    )
    .option('--profile <NAME>', 'profile of the shared AWS configuration files')
    .option('--role-arn <ARN>', 'role to assume before reading')
    .option('--external-id <ID>', 'external id to assume the role with')
    .option('--endpoint-url <URL>', 'endpoint of every AWS service, for something that speaks its protocol')
    .option('--region <REGION>', 'region of the calls')
    .addOption(
      new Option(
        '--cloudtrail <PATH>',
        'log files of CloudTrail (.json, .json.gz), or a directory of them: what they show counts as used; several times for several',
      ).argParser<string[]>((path, paths) => [...(paths ?? []), path]),
    );
