import type { NamedPolicy } from '../evaluate/applicable-policies.ts';
import type { CompiledPolicy, RequestedAction } from '../policy/compile-policy.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { AccountSnapshot, Role, User } from '../snapshot/account-snapshot.ts';
import type { Resource } from '../snapshot/resource.ts';
import { organizationContext } from './organization-levels.ts';

/** What an account's snapshot knows of the resource of a request. */
export interface KnownResource {
  /** Whether it belongs to another account, as far as its ARN says. */
  readonly foreign: boolean;
  /** The policy that hangs on it; null: it has none, or none that is known. */
  readonly policy: NamedPolicy | null;
  /** Whose it is, as far as that is known. */
  readonly owner: string | null;
  /** Whether it is a user or role of the account. */
  readonly isPrincipal: boolean;
  /** Whether S3 Block Public Access restricts it. */
  readonly restrictsPublicAccess: boolean;
  readonly context: ContextLookup;
}

/** Finds what an account's snapshot knows of a resource, for a request of an action. */
export type ResourceIndex = (action: RequestedAction, resource: string) => KnownResource;

/** Makes the index of an account's resources: those that were listed, and its users and roles. */
export const createResourceIndex = (
  snapshot: AccountSnapshot,
  compile: (document: PolicyDocument) => CompiledPolicy,
): ResourceIndex => {
  const listed = new Map<string, Resource>(
    snapshot.resources.known ? snapshot.resources.value.map((resource) => [resource.arn, resource]) : [],
  );
  const users = new Map<string, User>(snapshot.users.map((user) => [user.arn, user]));
  const roles = new Map<string, Role>(snapshot.roles.map((role) => [role.arn, role]));
  const organization = new Map(organizationContext(snapshot, 'aws:resource'));

  const policyOf = (action: RequestedAction, arn: string, resource: Resource | undefined): NamedPolicy | null => {
    // Of a role's trust policy only calls of STS ask; to change or to pass a role needs no leave of it.
    const role = action.name.startsWith('sts:') ? roles.get(arn) : undefined;
    if (role !== undefined) return { name: `${role.arn}#trust`, policy: compile(role.trustPolicy) };
    return resource?.policy ? { name: `${resource.arn}#policy`, policy: compile(resource.policy) } : null;
  };
  const find: ResourceIndex = (action, arn) => {
    const account = accountOf(arn);
    const resource = carrierOf(arn, listed);
    const entity = users.get(arn) ?? roles.get(arn);
    const foreign = account !== null && account !== snapshot.accountId;
    const owner = resource === undefined ? account : snapshot.accountId;
    // Whether a bucket's tags count is a setting of the bucket ("Using tags with S3 general purpose buckets", S3 User Guide).
    const tags = entity?.tags ?? (resource?.service === 's3' ? null : resource?.tags) ?? null;
    return {
      foreign,
      policy: foreign ? null : policyOf(action, arn, resource),
      owner,
      isPrincipal: entity !== undefined,
      restrictsPublicAccess: resource?.restrictsPublicAccess ?? false,
      context: resourceContext(owner, owner === snapshot.accountId ? organization : new Map(), tags),
    };
  };
  // Questions about few resources come again and again: who can?
  const known = new Map<string, KnownResource>();
  return (action, arn) => {
    const key = action.name.startsWith('sts:') ? `sts ${arn}` : arn;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const found = find(action, arn);
    known.set(key, found);
    return found;
  };
};

const MOST_REMEMBERED = 1000;

/** The account in an ARN; null: it names none. */
const accountOf = (arn: string): string | null => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? null;

/**
 * The listed resource that an ARN is of: itself, or what it is a part of, such as the bucket of an object, the table of an
 * index or the function of a version. A stream of a table has a policy of its own.
 */
const carrierOf = (arn: string, listed: ReadonlyMap<string, Resource>): Resource | undefined => {
  if (listed.size === 0) return undefined;
  for (let text = arn; text.split(':').length > 5; text = text.slice(0, lastSeparator(text))) {
    const found = listed.get(text);
    if (found !== undefined) return found;
    if (/:dynamodb:.*\/stream\/[^/]*$/.test(text)) return undefined;
  }
  return undefined;
};

const lastSeparator = (text: string): number => Math.max(text.lastIndexOf('/'), text.lastIndexOf(':'));

/** Source: "AWS global condition context keys", section "Properties of the resource", IAM User Guide. */
const resourceContext =
  (
    owner: string | null,
    organization: ReadonlyMap<string, readonly string[] | 'absent'>,
    tags: ReadonlyMap<string, string> | null,
  ): ContextLookup =>
  (key) => {
    if (key === 'aws:resourceaccount') return owner === null ? 'unknown' : [owner];
    const [, tag] = /^(?:aws|iam):resourcetag\/(.*)$/s.exec(key) ?? [];
    if (tag === undefined) return organization.get(key) ?? 'unknown';
    if (tags === null) return 'unknown';
    const [, value] = [...tags].find(([name]) => name.toLowerCase() === tag) ?? [];
    return value === undefined ? 'absent' : [value];
  };
