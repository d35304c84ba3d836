import { z } from 'zod';
import { parseAccountId } from '../../../iam/account-id.ts';
import { iamArn } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { AccountPlace, Call } from '../../call.ts';
import { accountKey, type CloudState } from '../../cloud-state.ts';
import { notAuthorized } from '../../not-authorized.ts';
import { cloudOperation } from '../../operation.ts';
import { organizationOf } from '../../organization-membership.ts';
import { findPolicy } from '../account-entities.ts';
import { credentialsAnswer, NOTHING_PASSED, newSession } from './new-session.ts';
import * as input from './session-input.ts';

const MAX_SECONDS = 900;

/**
 * `sts:AssumeRoot`: the management account of an organization that has switched on root sessions acts as the root user of
 * a member account, within one of AWS's task policies. Source: "Perform a privileged task on an AWS Organizations member
 * account", IAM User Guide.
 */
export const assumeRoot = cloudOperation(
  'sts:AssumeRoot',
  z.object({
    TargetPrincipal: z.string().min(12).max(2048),
    TaskPolicyArn: z.object({ arn: input.arn.optional() }),
    DurationSeconds: z.int().min(0).max(MAX_SECONDS).default(MAX_SECONDS),
    ...input.tokenSize,
  }),
  (cloud, given, call) => {
    const target = targetOf(given.TargetPrincipal, call);
    if (!target.ok) return target;
    const task = taskPolicy(cloud, given.TaskPolicyArn.arn ?? '', target.value, call);
    if (!task.ok) return task;
    const plan = {
      ...NOTHING_PASSED,
      policyArns: [task.value],
      name: '',
      durationSeconds: given.DurationSeconds,
      sourceIdentity: call.caller.kind === 'role' ? call.caller.session.sourceIdentity : null,
    };
    const session = newSession(target.value, plan, call);
    const sealed = { account: target.value, caller: { kind: 'root', session } as const, entityId: '' };
    const SourceIdentity = session.sourceIdentity ?? undefined;
    return ok({ cloud, answer: { ...credentialsAnswer(sealed, given.MinimumSessionTokenSize), SourceIdentity } });
  },
);

/** An account id, or the ARN of an account's root user. */
const targetOf = (text: string, { account }: Call): Result<AccountPlace, AwsError> => {
  const accountId = parseAccountId(/^arn:[^:]+:iam::(\d{12}):root$/.exec(text)?.[1] ?? text);
  return accountId.ok
    ? ok({ ...account, accountId: accountId.value })
    : awsError('ValidationError', `Invalid principal: ${text}`);
};

/** The task policy, where the caller's account may act as that account's root user at all. */
const taskPolicy = (cloud: CloudState, policyArn: string, target: AccountPlace, call: Call) => {
  const own = cloud.accounts.get(accountKey(call.account));
  const organization = organizationOf(cloud, call.account);
  const allowed =
    organization !== undefined &&
    organization.managementAccountId === call.account.accountId &&
    organization.accounts.has(target.accountId) &&
    target.accountId !== call.account.accountId &&
    cloud.accounts.has(accountKey(target)) &&
    own?.settings.rootFeatures.includes('RootSessions') === true;
  const root = iamArn(target.partition, target.accountId, 'root');
  if (!allowed || own === undefined) {
    return awsError('AccessDenied', notAuthorized(cloud, call, 'sts:AssumeRoot', root));
  }
  const policy = policyArn.includes(':policy/root-task/') ? findPolicy(own, policyArn) : undefined;
  return policy?.ok === true ? ok(policy.value.arn) : awsError('ValidationError', `Invalid task policy: ${policyArn}`);
};
