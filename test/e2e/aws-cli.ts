import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Debian's package `awscli` puts it; `npm test` installs it. */
const program = '/usr/bin/aws';

/** Credentials as an answer of AWS tells them. */
export interface CliCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken?: string;
}

/** How a refused call ends. */
interface Refused {
  readonly code: number;
  readonly stderr: string;
}

/** The AWS CLI with an endpoint and credentials, without the machine's configuration. */
export const awsCli = (endpoint: string, { AccessKeyId, SecretAccessKey, SessionToken }: CliCredentials) => {
  const text = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run(program, ['--endpoint-url', endpoint, '--output', 'json', ...args], {
      maxBuffer: 64 * 1024 * 1024,
      env: {
        PATH: '/usr/bin:/bin',
        HOME: '/nonexistent',
        AWS_ACCESS_KEY_ID: AccessKeyId,
        AWS_SECRET_ACCESS_KEY: SecretAccessKey,
        ...(SessionToken === undefined ? {} : { AWS_SESSION_TOKEN: SessionToken }),
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_PAGER: '',
      },
    });
    return stdout;
  };
  return {
    /** What a call prints. */
    text,
    /** What a call prints, as JSON; null where it prints nothing. */
    json: async (...args: readonly string[]): Promise<unknown> => {
      const printed = await text(...args);
      return printed === '' ? null : (JSON.parse(printed) as unknown);
    },
    /** The exit code and the last line that a call prints that fails. */
    refusal: async (...args: readonly string[]): Promise<readonly [number, string]> => {
      try {
        return [0, await text(...args)];
      } catch (error) {
        const { code, stderr } = error as Refused;
        return [code, stderr.trim()];
      }
    },
  };
};
