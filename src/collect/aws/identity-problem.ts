import { loadSharedConfigFiles } from '@smithy/core/config';
import type { SourceProblem } from '../../ports/account-source.ts';
import type { AwsSourceOptions } from './aws-source-options.ts';
import { type CallError, isDenied } from './error-text.ts';

/** Why not even the account is known, in one line with its mend. Holds no secret. */
export const identityProblem = async (error: CallError, options: AwsSourceOptions): Promise<SourceProblem> => ({
  kind: 'unreachable',
  message: (await profileProblem(options)) ?? PROBLEMS.find(({ when }) => when(error))?.say(error, options) ?? '',
});

/** The SDK says only that it found no credentials when the profile does not exist. */
const profileProblem = async ({ profile }: AwsSourceOptions): Promise<string | null> => {
  if (profile === undefined) return null;
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  if (Object.hasOwn(configFile, profile) || Object.hasOwn(credentialsFile, profile)) return null;
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].sort();
  const choice = names.length === 0 ? 'they hold none' : `there are ${names.map((name) => `\`${name}\``).join(', ')}`;
  return `profile \`${profile}\` is not in the shared AWS files (~/.aws/config, ~/.aws/credentials); ${choice}`;
};

interface Problem {
  readonly when: (error: CallError) => boolean;
  readonly say: (error: CallError, options: AwsSourceOptions) => string;
}

const named = (pattern: RegExp) => (error: CallError) => pattern.test(error.name);
const coded = (pattern: RegExp) => (error: CallError) => pattern.test(error.code ?? '');

/** The first that fits tells what is wrong and what to do. */
const PROBLEMS: readonly Problem[] = [
  {
    when: coded(/^ECONNREFUSED$/),
    say: (_, options) => `nothing listens at ${endpoint(options)}; check the endpoint URL and that it is running`,
  },
  {
    when: coded(/^(ENOTFOUND|EAI_AGAIN)$/),
    say: (_, options) =>
      `the host name of ${endpoint(options)} cannot be resolved; check the endpoint URL, the region and the network`,
  },
  {
    when: coded(/CERT|SELF_SIGNED|UNABLE_TO|SSL|^EPROTO$|ALTNAME/),
    say: ({ code }, options) =>
      `TLS with ${endpoint(options)} failed (${code}); check http or https in the endpoint URL, ` +
      'and NODE_EXTRA_CA_CERTS where a proxy has a certificate of its own',
  },
  {
    when: (error) => error.name === 'TimeoutError' || coded(/^(ECONNRESET|ETIMEDOUT|EPIPE|E(HOST|NET)UNREACH)$/)(error),
    say: ({ code, message }, options) =>
      `no answer from ${endpoint(options)} (${code ?? message}); check the network, and any proxy or firewall on the way`,
  },
  {
    when: named(/^(InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId)/),
    say: () =>
      'AWS does not know the access key: it was deleted, or belongs to another partition (then give its region)',
  },
  {
    when: named(/^(SignatureDoesNotMatch|InvalidSignature|IncompleteSignature)/),
    say: () => 'AWS refused the signature: the secret access key is wrong, or the clock of this machine is',
  },
  {
    when: named(/^(ExpiredToken|RequestExpired|TokenRefreshRequired)/),
    say: () => 'the session credentials have expired; log in again (`aws sso login`, or fresh temporary credentials)',
  },
  {
    when: isDenied,
    say: ({ message }, { roleArn }) =>
      roleArn === undefined
        ? `AWS refused to say whose credentials these are: ${message}`
        : `role \`${roleArn}\` cannot be assumed; check its trust policy, the external id and who asks: ${message}`,
  },
  {
    when: ({ message }) => message.startsWith('Region is missing'),
    say: () =>
      'no region is configured; give --region or AWS_REGION (any Region of the account’s partition, such as `us-east-1`)',
  },
  {
    when: ({ message }) => message.startsWith('Could not load credentials from any providers'),
    say: (_, { profile }) =>
      profile === undefined
        ? 'no AWS credentials were found; give --profile, set AWS_PROFILE or AWS_ACCESS_KEY_ID, or log in with the AWS CLI'
        : `profile \`${profile}\` leads to no credentials; give it an access key, a role or an SSO session`,
  },
  {
    when: named(/^(CredentialsProviderError|TokenProviderError)$/),
    say: ({ message }, { profile }) =>
      `the credentials${profile === undefined ? '' : ` of profile \`${profile}\``} cannot be used: ${message}`,
  },
  {
    when: ({ status, name }) => status === 200 || (status !== null && /^(Error|Unknown|NotFound)$/.test(name)),
    say: ({ status }, options) =>
      `${endpoint(options)} answers (HTTP ${status}), but not as AWS does; check the endpoint URL and any proxy on the way`,
  },
  {
    when: () => true,
    say: ({ name, message }, options) =>
      `sts:GetCallerIdentity failed at ${endpoint(options)}: ${name}${message === '' ? '' : `: ${message}`}`,
  },
];

/** The endpoint without user name, password and query, which may be secret. */
const endpoint = ({ endpointUrl, region }: AwsSourceOptions): string => {
  if (endpointUrl === undefined) return `the AWS endpoint of ${region ?? 'the configured region'}`;
  const { origin, pathname } = new URL(endpointUrl);
  return `\`${origin}${pathname === '/' ? '' : pathname}\``;
};
