import { err, ok, type Result } from '../kernel/result.ts';
import { arnParts, parseArn } from './arn.ts';

/** Who makes a request, as policies can name it. Source: "AWS JSON policy elements: Principal", IAM User Guide. */
export type Caller =
  | (Signed & { readonly kind: 'user' | 'root' })
  /** Some session of the role with that ARN; what the session is called is not known. */
  | (Signed & { readonly kind: 'role' })
  /** A session; its ARN leaves out the path of the role. `roleArn`, with the path, is null where it is not known. */
  | (Signed & { readonly kind: 'assumedRole'; readonly roleArn: string | null })
  | (Signed & { readonly kind: 'federatedUser' })
  /** A service that calls by itself, such as `lambda.amazonaws.com`. */
  | { readonly kind: 'service'; readonly service: string }
  /** Somebody whom an identity provider vouches for, in a call of `sts:AssumeRoleWith…`. */
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'anonymous' };

/** A caller whose request is signed with credentials of an account. */
export interface Signed {
  readonly arn: string;
  readonly account: string;
}

/** The kinds of caller. */
export const CALLER_KINDS = [
  'user',
  'role',
  'assumedRole',
  'federatedUser',
  'root',
  'service',
  'federated',
  'anonymous',
] as const satisfies readonly Caller['kind'][];

type SignedKind = Exclude<Caller['kind'], 'service' | 'federated' | 'anonymous'>;

/** The service of the ARN, and what its resource part looks like. */
const ARN_FORMS: Readonly<Record<SignedKind, readonly [service: string, resource: RegExp, example: string]>> = {
  user: ['iam', /^user\/./s, 'arn:aws:iam::111122223333:user/alice'],
  role: ['iam', /^role\/./s, 'arn:aws:iam::111122223333:role/deploy'],
  assumedRole: ['sts', /^assumed-role\/[^/]+\/[^/]+$/, 'arn:aws:sts::111122223333:assumed-role/deploy/session'],
  federatedUser: ['sts', /^federated-user\/./s, 'arn:aws:sts::111122223333:federated-user/alice'],
  root: ['iam', /^root$/, 'arn:aws:iam::111122223333:root'],
};

/**
 * Reads a caller from its kind and its name: an ARN for those of an account, else the service, the provider, or `*`.
 * The error is a message in house form.
 */
export const parseCaller = (kind: Caller['kind'], name: string): Result<Caller, string> => {
  switch (kind) {
    case 'anonymous':
      return name === '*' ? ok({ kind }) : err(`\`${name}\` is not \`*\`, the name of an anonymous caller`);
    case 'service':
      return name === '' ? err('the service has no name') : ok({ kind, service: name });
    case 'federated':
      return name === '' ? err('the identity provider has no name') : ok({ kind, provider: name });
    default:
      return parseSigned(kind, name);
  }
};

const parseSigned = (kind: SignedKind, text: string): Result<Caller, string> => {
  const [service, resource, example] = ARN_FORMS[kind];
  const arn = parseArn(text);
  const parts = arn.ok ? arnParts(arn.value) : null;
  if (parts?.service !== service || !/^\d{12}$/.test(parts.account) || !resource.test(parts.resource)) {
    return err(`\`${text}\` is not the ARN of a caller of type \`${kind}\`, such as \`${example}\``);
  }
  const signed = { arn: text, account: parts.account };
  return ok(kind === 'assumedRole' ? { kind, ...signed, roleArn: null } : { kind, ...signed });
};

/** The caller as signed by an account; null for services, federated identities and anonymous callers. */
export const signedCaller = (caller: Caller): Signed | null => ('arn' in caller ? caller : null);

/** The name of a session's role, and what the session is called. */
export const sessionNames = ({ arn }: Signed): { readonly role: string; readonly session: string } => {
  const [, role = '', session = ''] = arn.slice(arn.indexOf(':assumed-role/')).split('/');
  return { role, session };
};
