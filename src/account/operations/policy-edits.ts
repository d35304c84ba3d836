import { z } from 'zod';
import { arnParts, iamArn, parseArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { withoutPolicy, withPolicy } from '../account-edits.ts';
import { type AccountState, type ManagedPolicyState, nameKey } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { operation } from '../operation.ts';
import { checkPolicyDocument } from '../policy-grammar/check-policy-document.ts';
import { checkQuota, policySize } from '../quotas.ts';
import { newUniqueId } from '../unique-id.ts';
import { findPolicy, isPolicyUsed, noSuchVersion } from './account-entities.ts';
import { arnText, descriptionText, entityName, entityPath, policyDocument, versionId } from './input.ts';
import { tagOperations } from './tag-operations.ts';
import { MINDING_CASE, tagsInput, withTags } from './tags.ts';
import { newPolicyView, policyVersionView } from './views.ts';

const ofPolicy = z.object({ PolicyArn: arnText });
const ofVersion = ofPolicy.extend({ VersionId: versionId });

/** The customer managed policy of an ARN: AWS's own, and those of other accounts, are not the caller's to change. */
const findOwnPolicy = (state: AccountState, text: string): Result<ManagedPolicyState, AwsError> => {
  const arn = parseArn(text);
  if (!arn.ok) return awsError('ValidationError', `ARN ${text} is not valid.`);
  return arnParts(arn.value).account === state.accountId
    ? findPolicy(state, text)
    : awsError('AccessDenied', 'Policy is outside your own account.');
};

const checkDocument = (state: AccountState, text: string): Result<null, AwsError> => {
  const wellFormed = checkPolicyDocument(text, 'managed', state.partition);
  return wellFormed.ok ? checkQuota(state, 'PolicySize', policySize(text)) : wellFormed;
};

/** `iam:CreatePolicy`. */
const createPolicy = operation(
  'iam:CreatePolicy',
  z.object({
    PolicyName: entityName,
    Path: entityPath.default('/'),
    PolicyDocument: policyDocument,
    Description: descriptionText.nullable().default(null),
    Tags: tagsInput.default([]),
  }),
  (state, { PolicyName, Path, PolicyDocument, Description, Tags }, { now, random }) => {
    const tags = withTags(new Map(), Tags, MINDING_CASE);
    if (!tags.ok) return tags;
    const accepted = checkDocument(state, PolicyDocument);
    if (!accepted.ok) return accepted;
    if (state.policies.has(nameKey(PolicyName))) {
      const message = `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`;
      return awsError('EntityAlreadyExists', message);
    }
    const allowed = checkQuota(state, 'PoliciesPerAccount', state.policies.size + 1);
    if (!allowed.ok) return allowed;
    const policy: ManagedPolicyState = {
      policyName: PolicyName,
      policyId: newUniqueId('ANPA', random),
      arn: iamArn(state.partition, state.accountId, `policy${Path}${PolicyName}`),
      path: Path,
      description: Description,
      createDate: now,
      updateDate: now,
      versions: [{ versionId: 'v1', createDate: now, document: PolicyDocument }],
      lastVersion: 1,
      defaultVersionId: 'v1',
      tags: tags.value,
    };
    return ok({ state: withPolicy(state, policy), answer: { Policy: newPolicyView(state, policy) } });
  },
);

/** `iam:DeletePolicy`. */
const deletePolicy = operation('iam:DeletePolicy', ofPolicy, (state, { PolicyArn }) => {
  const policy = findOwnPolicy(state, PolicyArn);
  if (!policy.ok) return policy;
  if (isPolicyUsed(state, policy.value.arn)) {
    return awsError('DeleteConflict', 'Cannot delete a policy attached to entities.');
  }
  if (policy.value.versions.length > 1) {
    const message =
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.";
    return awsError('DeleteConflict', message);
  }
  return ok({ state: withoutPolicy(state, policy.value), answer: {} });
});

/** `iam:CreatePolicyVersion`. */
const createPolicyVersion = operation(
  'iam:CreatePolicyVersion',
  ofPolicy.extend({ PolicyDocument: policyDocument, SetAsDefault: z.boolean().default(false) }),
  (state, { PolicyArn, PolicyDocument, SetAsDefault }, { now }) => {
    const policy = findOwnPolicy(state, PolicyArn);
    if (!policy.ok) return policy;
    const { versions, lastVersion, defaultVersionId } = policy.value;
    const accepted = checkDocument(state, PolicyDocument);
    if (!accepted.ok) return accepted;
    const { VersionsPerPolicy: most } = state.quotas;
    if (versions.length >= most) {
      const message = `A managed policy can have up to ${most} versions. Before you create a new version, you must delete an existing version.`;
      return awsError('LimitExceeded', message);
    }
    const version = { versionId: `v${lastVersion + 1}`, createDate: now, document: PolicyDocument };
    const updated: ManagedPolicyState = {
      ...policy.value,
      versions: [version, ...versions],
      lastVersion: lastVersion + 1,
      defaultVersionId: SetAsDefault ? version.versionId : defaultVersionId,
      updateDate: now,
    };
    return ok({ state: withPolicy(state, updated), answer: { PolicyVersion: policyVersionView(updated, version) } });
  },
);

/** `iam:DeletePolicyVersion`. */
const deletePolicyVersion = operation('iam:DeletePolicyVersion', ofVersion, (state, { PolicyArn, VersionId }) => {
  const policy = findOwnPolicy(state, PolicyArn);
  if (!policy.ok) return policy;
  if (VersionId === policy.value.defaultVersionId) {
    return awsError('DeleteConflict', 'Cannot delete the default version of a policy.');
  }
  const versions = policy.value.versions.filter((version) => version.versionId !== VersionId);
  return versions.length === policy.value.versions.length
    ? noSuchVersion(PolicyArn, VersionId)
    : ok({ state: withPolicy(state, { ...policy.value, versions }), answer: {} });
});

/** `iam:SetDefaultPolicyVersion`. */
const setDefaultPolicyVersion = operation(
  'iam:SetDefaultPolicyVersion',
  ofVersion,
  (state, { PolicyArn, VersionId }, { now }) => {
    const policy = findOwnPolicy(state, PolicyArn);
    if (!policy.ok) return policy.error.code === 'NoSuchEntity' ? noSuchVersion(PolicyArn, VersionId) : policy;
    if (!policy.value.versions.some((version) => version.versionId === VersionId)) {
      return noSuchVersion(PolicyArn, VersionId);
    }
    const updated = { ...policy.value, defaultVersionId: VersionId, updateDate: now };
    return ok({ state: withPolicy(state, updated), answer: {} });
  },
);

/** The operations that make, change and delete customer managed policies. */
export const policyEditOperations = [
  createPolicy,
  deletePolicy,
  createPolicyVersion,
  deletePolicyVersion,
  setDefaultPolicyVersion,
  ...tagOperations({
    noun: 'Policy',
    name: ofPolicy,
    find: (state, { PolicyArn }) => findOwnPolicy(state, PolicyArn),
    save: withPolicy,
  }),
];
