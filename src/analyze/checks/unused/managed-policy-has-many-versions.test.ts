import { at } from '../../../snapshot/testing/collected-builder.ts';
import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { type ManagedPolicyParts, managedPolicy, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { managedPolicyHasManyVersions } from './managed-policy-has-many-versions.ts';

const past = (count: number) => Array.from({ length: count }, (_, index) => allow(`s3:Get${index}`));
const team = (parts: ManagedPolicyParts) => managedPolicy('team', allow('s3:GetObject'), parts);
const account = (parts: ManagedPolicyParts) => snapshot({ managedPolicies: [team(parts)] });

/** A policy whose default version is the oldest, and whose other versions are new. */
const rolledBack = () => {
  const policy = team({ olderVersions: past(4) });
  const versions = policy.versions.map((version, index) => ({
    ...version,
    isDefaultVersion: index === 4,
    createDate: index === 4 ? version.createDate : at('2025-12-20T00:00:00Z'),
  }));
  return snapshot({ managedPolicies: [{ ...policy, versions, defaultVersionId: 'v1' }] });
};

describeCheck(managedPolicyHasManyVersions, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'four versions, three of them of the past',
      account({ olderVersions: past(3) }),
      { versions: 4, old: [{ version: 'v3', ageDays: 365 }, { version: 'v2' }, { version: 'v1' }] },
    ],
    ['as many versions as AWS allows', account({ olderVersions: past(4) }), { versions: 5 }],
  ],
  pass: [
    ['three versions', account({ olderVersions: past(2) })],
    ['five versions, all but the default made this month', rolledBack()],
    ['five versions made this month', account({ olderVersions: past(4), createDate: '2025-12-10T00:00:00Z' })],
    ['a policy of AWS', account({ olderVersions: past(4), awsManaged: true })],
  ],
  unknown: 'only for a missing list',
});
