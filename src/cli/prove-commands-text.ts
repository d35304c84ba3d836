import type { TranscriptEntry } from '../finding/check-result.ts';
import type { JsonValue } from '../kernel/json.ts';

/**
 * A transcript as commands of the AWS CLI for a POSIX shell, for a `vigil emulate` that holds the account. Each names an
 * endpoint on this machine, so that nobody runs them against AWS by accident. Whatever names hold is quoted.
 */
export const commandLines = (transcript: readonly TranscriptEntry[], endpoint: string): readonly string[] => {
  const lines = [
    '# For an emulated account: vigil emulate --account DIR --enforce',
    `ENDPOINT=${quoted(endpoint)}`,
    'export AWS_DEFAULT_REGION=us-east-1',
  ];
  let caller: string | null = null;
  let given = false;
  for (const entry of transcript) {
    if (entry.caller !== caller) {
      lines.push('', ...asCaller(entry.caller, given));
      given = false;
    }
    ({ caller } = entry);
    const { line, credentials } = commandOf(entry);
    lines.push(line);
    given = credentials || given;
  }
  return lines;
};

const asCaller = (caller: string, given: boolean): readonly string[] => {
  if (caller === 'anonymous') return ['# as nobody in particular'];
  if (!given)
    return [
      `# as ${comment(caller)}: set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN to its credentials`,
    ];
  return [
    `# as ${comment(caller)}`,
    'AWS_ACCESS_KEY_ID=$(printf %s "$GIVEN" | cut -f 1)',
    'AWS_SECRET_ACCESS_KEY=$(printf %s "$GIVEN" | cut -f 2)',
    'AWS_SESSION_TOKEN=$(printf %s "$GIVEN" | cut -f 3)',
    'export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
  ];
};

const CONTROL = /\p{Cc}|\p{Cf}/u;

/** What stands after `#` must not end the line. */
const comment = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?');

const commandOf = (entry: TranscriptEntry): { readonly line: string; readonly credentials: boolean } => {
  const { action, resource, parameters, outcome, code } = entry;
  if (outcome === 'allowed')
    return {
      line: `# ${comment(action)} on ${comment(resource)}: a service would do it that is not emulated`,
      credentials: false,
    };
  // No name in AWS holds any, and a terminal would obey them.
  if (Object.values(parameters).some((value) => typeof value === 'string' && CONTROL.test(value)))
    return { line: `# ${comment(action)}: a name in it holds control characters`, credentials: false };
  const [service = '', operation = ''] = action.split(':');
  const members = MEMBERS.get(operation);
  const words = [
    ...Object.entries(parameters).flatMap(([name, value]) => optionOf(name, value)),
    ...(operation === 'CreateVirtualMFADevice' ? ['--outfile seed.txt --bootstrap-method Base32StringSeed'] : []),
    ...(members === undefined ? [] : [`--query '[${members}]' --output text`]),
  ];
  const command = [
    'aws --endpoint-url "$ENDPOINT"',
    CLI_NAMES.get(service) ?? service,
    kebab(operation),
    ...words,
  ].join(' ');
  const note = outcome === 'refused' ? ` # refused: ${comment(code ?? '')}` : '';
  return {
    line: members === undefined ? command + note : `GIVEN=$(${command})${note}`,
    credentials: members !== undefined,
  };
};

const CLI_NAMES: ReadonlyMap<string, string> = new Map([
  ['s3', 's3api'],
  ['sso', 'sso-admin'],
]);

const SESSION = 'Credentials.AccessKeyId,Credentials.SecretAccessKey,Credentials.SessionToken';

/** The operations whose answers hold credentials, and where. */
const MEMBERS: ReadonlyMap<string, string> = new Map([
  ['CreateAccessKey', 'AccessKey.AccessKeyId,AccessKey.SecretAccessKey'],
  ['AssumeRole', SESSION],
  ['AssumeRoleWithSAML', SESSION],
  ['AssumeRoleWithWebIdentity', SESSION],
  ['GetSessionToken', SESSION],
]);

const optionOf = (name: string, value: JsonValue): readonly string[] => {
  const option = `--${kebab(name)}`;
  if (typeof value === 'boolean') return [value ? option : `--no-${kebab(name)}`];
  const variable = typeof value === 'string' ? VARIABLES.get(`${name} ${value}`) : undefined;
  if (variable !== undefined) return [`${option} "$\{${variable}:?}"`];
  return [option, quoted(typeof value === 'string' ? value : JSON.stringify(value))];
};

/** What stands for secrets in a transcript, after the parameter's name, and the variable that whoever runs the commands sets. */
const VARIABLES: ReadonlyMap<string, string> = new Map([
  ['Password <a new password>', 'NEW_PASSWORD'],
  ['AuthenticationCode1 <a code of the device>', 'CODE_1'],
  ['AuthenticationCode2 <the next code of the device>', 'CODE_2'],
  ['TokenCode <the code after that>', 'CODE_3'],
  ['SAMLMetadataDocument <metadata of an identity provider of the attacker>', 'SAML_METADATA'],
  ['SAMLAssertion <what the provider signed>', 'SAML_ASSERTION'],
  ['WebIdentityToken <what the provider signed>', 'WEB_IDENTITY_TOKEN'],
]);

/** As the AWS CLI spells the names of operations and parameters: `CreateSAMLProvider` is `create-saml-provider`. */
const kebab = (name: string): string =>
  name
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();

/** A word of a POSIX shell that stands for the text, whatever it holds. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
