import { type Arn, iamArn } from '../../iam/arn.ts';
import { nameKey } from '../account-state.ts';
import { awsManagedPolicies } from '../aws-managed-policies.ts';
import type { AccountFile } from './schema.ts';

/** A place in the file as members and list positions from the top. */
export type FilePath = readonly (string | number)[];

/** Says that something is wrong at a place of the file. */
export type Complain = (at: FilePath, message: string) => void;

/** Complains of each name that stands twice, and of each group or role that is referred to and absent. */
export const checkReferences = (file: AccountFile, complain: Complain): void => {
  const groups = checkUnique(
    'groups',
    'groupName',
    file.groups.map(({ groupName }) => groupName),
    complain,
  );
  const roles = checkUnique(
    'roles',
    'roleName',
    file.roles.map(({ roleName }) => roleName),
    complain,
  );
  checkUnique(
    'users',
    'userName',
    file.users.map(({ userName }) => userName),
    complain,
  );
  checkUnique(
    'policies',
    'policyName',
    file.policies.map(({ policyName }) => policyName),
    complain,
  );
  checkUnique(
    'instanceProfiles',
    'instanceProfileName',
    file.instanceProfiles.map((profile) => profile.instanceProfileName),
    complain,
  );
  checkUnique(
    'serverCertificates',
    'serverCertificateName',
    file.serverCertificates.map((cert) => cert.serverCertificateName),
    complain,
  );
  checkUnique(
    'samlProviders',
    'name',
    file.samlProviders.map((provider) => provider.name),
    complain,
  );
  checkUnique(
    'oidcProviders',
    'url',
    file.oidcProviders.map(({ url }) => url),
    complain,
  );
  const entries = { groups: file.groups, users: file.users, roles: file.roles };
  for (const [part, holders] of Object.entries(entries)) {
    holders.forEach(({ inlinePolicies }, index) => {
      checkUnique(
        `${part}/${index}/inlinePolicies`,
        'policyName',
        inlinePolicies.map(({ policyName }) => policyName),
        complain,
      );
    });
  }
  file.users.forEach((user, index) => {
    checkKnown(user.groups, groups, 'group', ['users', index, 'groups'], complain);
  });
  file.instanceProfiles.forEach((profile, index) => {
    checkKnown(profile.roles, roles, 'role', ['instanceProfiles', index, 'roles'], complain);
  });
};

/** Gives the name keys of a list, after complaining of those that stand twice in it. */
const checkUnique = (
  list: string,
  member: string,
  names: readonly string[],
  complain: Complain,
): ReadonlySet<string> => {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    const key = nameKey(name);
    if (seen.has(key)) {
      const at = list.split('/').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
      complain(
        [...at, index, member],
        `\`${name}\` stands twice; names need to differ by more than the case of their letters`,
      );
    }
    seen.add(key);
  });
  return seen;
};

const checkKnown = (
  names: readonly string[],
  known: ReadonlySet<string>,
  kind: string,
  at: FilePath,
  complain: Complain,
): void => {
  names.forEach((name, index) => {
    if (!known.has(nameKey(name))) complain([...at, index], `there is no ${kind} \`${name}\` in this file`);
  });
};

/** Finds the managed policy that a name or an ARN means, customer managed before AWS managed; complains of none. */
export const policyResolver = (
  file: AccountFile,
  complain: Complain,
): ((text: string, at: FilePath) => Arn | undefined) => {
  const arns = new Map<string, Arn>();
  for (const policy of awsManagedPolicies(file.partition).values()) {
    arns.set(nameKey(policy.policyName), policy.arn).set(policy.arn, policy.arn);
  }
  for (const { policyName, path } of file.policies) {
    const arn = iamArn(file.partition, file.accountId, `policy${path}${policyName}`);
    arns.set(nameKey(policyName), arn).set(arn, arn);
  }
  return (text, at) => {
    const arn = arns.get(text) ?? arns.get(nameKey(text));
    if (arn === undefined) {
      complain(
        at,
        `there is no managed policy \`${text}\` in this file, nor among the AWS managed policies known here`,
      );
    }
    return arn;
  };
};
