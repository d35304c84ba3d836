import { arnParts, friendlyName, parseArn } from '../../iam/arn.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { indexPrefix } from '../account-edits.ts';
import { type AccountState, nameKey, type RoleState, type UserState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { findPolicy, usesOfPolicy } from '../operations/account-entities.ts';
import { findPolicySource } from '../operations/policy-source.ts';
import { policiesOfHolder } from '../simulate/source-policies.ts';

/** What a report on last accessed services is about. */
export interface ReportSubject {
  /** Documents whose services are told. */
  readonly documents: readonly string[];
  /** Whose calls count: users by name, then roles by name. */
  readonly entities: readonly (UserState | RoleState)[];
}

/** The subject of an ARN of a user, group, role or managed policy. */
export const findReportSubject = (state: AccountState, arn: string): Result<ReportSubject, AwsError> => {
  const parsed = parseArn(arn);
  if (!parsed.ok || arnParts(parsed.value).service !== 'iam') return awsError('InvalidInput', `Invalid Arn: ${arn}`);
  return arnParts(parsed.value).resource.startsWith('policy/') ? policySubject(state, arn) : holderSubject(state, arn);
};

const policySubject = (state: AccountState, text: string): Result<ReportSubject, AwsError> => {
  const policy = findPolicy(state, text);
  if (!policy.ok) return policy;
  const { arn, versions, defaultVersionId } = policy.value;
  const users = new Map<string, UserState>();
  const roles: RoleState[] = [];
  for (const { entity, nameKey: key } of usesOfPolicy(state, arn, 'attached')) {
    const members = entity === 'group' ? membersOf(state, key) : [];
    const user = entity === 'user' ? state.users.get(key) : undefined;
    for (const each of user === undefined ? members : [user]) users.set(nameKey(each.userName), each);
    const role = entity === 'role' ? state.roles.get(key) : undefined;
    if (role !== undefined) roles.push(role);
  }
  const document = versions.find(({ versionId }) => versionId === defaultVersionId)?.document ?? '{}';
  const byName = [...users.keys()].toSorted().flatMap((key) => users.get(key) ?? []);
  return ok({ documents: [document], entities: [...byName, ...roles] });
};

const holderSubject = (state: AccountState, arn: string): Result<ReportSubject, AwsError> => {
  const holder = findPolicySource(state, arn);
  if (!holder.ok) return err(holder.error);
  const { kind, entity } = holder.value;
  const documents = policiesOfHolder(state, holder.value).map(({ document }) => document);
  return ok({ documents, entities: kind === 'group' ? membersOf(state, nameKey(friendlyName(entity.arn))) : [entity] });
};

const membersOf = (state: AccountState, groupKey: string): UserState[] =>
  [...state.indexes.groupMembers.entriesWithPrefix(indexPrefix(groupKey))].flatMap(
    ([, key]) => state.users.get(key) ?? [],
  );
