import { attachedPolicy, organization, organizationTree } from '../../../src/snapshot/testing/organization-builder.ts';
import { trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { role, snapshot } from '../../../src/snapshot/testing/snapshot-builder.ts';
import type { LabelledAccount } from '../labelled-account.ts';

/** The management account of an organization that is guarded, but does everything itself. */
export const undelegatedAccount: LabelledAccount = {
  name: 'the management account of an organization that delegates nothing',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    roles: [role('breakglass', { trustPolicy: trusts({ AWS: 'arn:aws:iam::123456789012:root' }) })],
    organization: organization({
      tree: organizationTree({
        policies: [
          attachedPolicy('no-leaving', { characters: 9000 }),
          attachedPolicy('inside', { type: 'RESOURCE_CONTROL_POLICY', characters: 4000 }),
        ],
      }),
      delegatedAdministrators: [],
    }),
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'organization-without-delegated-administrator': { root: 'no member account administers any service' },
  },
  traps: { 'role/breakglass': 'people take it on, no workload' },
};
