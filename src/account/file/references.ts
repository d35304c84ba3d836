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
  const groups = checkUnique(file.groups, ({ groupName }) => groupName, ['groups'], complain);
  const roles = checkUnique(file.roles, ({ roleName }) => roleName, ['roles'], complain);
  checkUnique(file.users, ({ userName }) => userName, ['users'], complain);
  checkUnique(file.policies, ({ policyName }) => policyName, ['policies'], complain);
  checkUnique(file.instanceProfiles, (profile) => profile.instanceProfileName, ['instanceProfiles'], complain);
  checkUnique(
    file.serverCertificates,
    (certificate) => certificate.serverCertificateName,
    ['serverCertificates'],
    complain,
  );
  checkUnique(file.samlProviders, ({ name }) => name, ['samlProviders'], complain);
  checkUnique(file.oidcProviders, ({ url }) => url, ['oidcProviders'], complain);
  checkUnique(file.resources, (each) => `${each.service} ${each.region} ${each.name}`, ['resources'], complain);
  checkUnique(file.analyzers, (each) => `${each.region} ${each.analyzerName}`, ['analyzers'], complain);
  for (const part of ['groups', 'users', 'roles'] as const) {
    file[part].forEach(({ inlinePolicies }, index) => {
      checkUnique(inlinePolicies, ({ policyName }) => policyName, [part, index, 'inlinePolicies'], complain);
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
const checkUnique = <Entry>(
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string,
  at: FilePath,
  complain: Complain,
): ReadonlySet<string> => {
  const seen = new Set<string>();
  entries.forEach((entry, index) => {
    const name = nameOf(entry);
    if (seen.has(nameKey(name))) {
      complain([...at, index], `\`${name}\` stands twice; names need to differ by more than the case of their letters`);
    }
    seen.add(nameKey(name));
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
