import { DEFAULT_SETTINGS } from '../../src/account/account-settings-state.ts';
import type { AccountState } from '../../src/account/account-state.ts';
import type { DelegationRequestState, DelegationState } from '../../src/account/delegation-state.ts';
import { OrderedMap } from '../../src/account/ordered-map.ts';
import type { AccountId } from '../../src/iam/account-id.ts';
import type { Arn } from '../../src/iam/arn.ts';
import type { Instant } from '../../src/kernel/time.ts';

const now = '2026-01-31T12:00:00Z' as Instant;

const request = (state: DelegationState): [string, DelegationRequestState] => [
  `dr-${state}-0123456789`,
  {
    id: `dr-${state}-0123456789`,
    ownerAccountId: '123456789012' as AccountId,
    description: 'd',
    requestMessage: 'm',
    permissions: {
      policyTemplateArn: 'arn:aws:iam::aws:t/t',
      parameters: [{ name: 'n', values: ['v'], type: 'string' }],
    },
    requestorWorkflowId: state,
    redirectUrl: 'https://example.com',
    notificationChannel: 'arn:aws:sns:us-east-1:123456789012:t',
    sessionDuration: 3600,
    onlySendByOwner: false,
    ownerId: 'arn:aws:iam::123456789012:user/u' as Arn,
    approverId: 'arn:aws:iam::123456789012:user/u' as Arn,
    state,
    createDate: now,
    updatedTime: now,
    expirationTime: '2026-03-01T00:00:00Z' as Instant,
    notes: 'n',
    rejectionReason: 'r',
  },
];

const JobId = '01234567-89ab-4cde-8f01-23456789abcd';

/** Delegation requests in every state that an operation asks for, and outbound federation switched on. */
export const SETTINGS = {
  settings: { ...DEFAULT_SETTINGS, outboundFederation: { issuer: 'https://example.com', enabled: true } },
  delegationRequests: OrderedMap.from([request('UNASSIGNED'), request('ASSIGNED'), request('ACCEPTED')]),
  accessReports: OrderedMap.from([
    [
      JobId,
      {
        kind: 'service',
        jobId: JobId,
        askedBy: 'arn:aws:iam::123456789012:user/u',
        createdAt: now,
        polls: 1,
        arn: 'arn:aws:iam::123456789012:user/u' as Arn,
        granularity: 'ACTION_LEVEL',
      },
    ],
  ]),
} satisfies Partial<AccountState>;

const idOf = (state: DelegationState) => ({ DelegationRequestId: `dr-${state}-0123456789` });

/** The operations that can only be refused in the account of this test; others show how they answer. */
export const REFUSED_HERE: ReadonlySet<string> = new Set([
  'iam:AcquireRole',
  'iam:DisableOrganizationsRootCredentialsManagement',
  'iam:DisableOrganizationsRootSessions',
  'iam:EnableOrganizationsRootCredentialsManagement',
  'iam:EnableOrganizationsRootSessions',
  'iam:EnableOutboundWebIdentityFederation',
  'iam:GenerateOrganizationsAccessReport',
  'iam:GetOrganizationsAccessReport',
  'iam:GetRoleTemplateVersion',
  'iam:ListOrganizationsFeatures',
]);

/** An input for each operation on an account's settings and on delegation requests. */
export const settingsInputs: Readonly<Record<string, object>> = {
  'iam:AcceptDelegationRequest': idOf('ASSIGNED'),
  'iam:AssociateDelegationRequest': idOf('UNASSIGNED'),
  'iam:CreateDelegationRequest': {
    Description: 'd',
    Permissions: { PolicyTemplateArn: 'arn:aws:iam::aws:policy-template/t' },
    RequestorWorkflowId: 'w',
    NotificationChannel: 'arn:aws:sns:us-east-1:123456789012:t',
    SessionDuration: 3600,
  },
  'iam:DisableOutboundWebIdentityFederation': {},
  'iam:GetAccountProperties': {},
  'iam:GetDelegationRequest': { ...idOf('ASSIGNED'), DelegationPermissionCheck: true },
  'iam:GenerateServiceLastAccessedDetails': { Arn: 'arn:aws:iam::123456789012:user/u' },
  'iam:GetServiceLastAccessedDetails': { JobId },
  'iam:GetServiceLastAccessedDetailsWithEntities': { JobId, ServiceNamespace: 's3' },
  'iam:ListPoliciesGrantingServiceAccess': { Arn: 'arn:aws:iam::123456789012:user/u', ServiceNamespaces: ['s3'] },
  'iam:GetOutboundWebIdentityFederationInfo': {},
  'iam:GetHumanReadableSummary': { EntityArn: 'arn:aws:iam::123456789012:delegation-request/dr-ASSIGNED-0123456789' },
  'iam:ListDelegationRequests': {},
  'iam:PutAccountProperties': { Properties: { 'RoleManager/Enabled': 'true' } },
  'iam:RejectDelegationRequest': idOf('ASSIGNED'),
  'iam:SendDelegationToken': idOf('ACCEPTED'),
  'iam:SetSecurityTokenServicePreferences': { GlobalEndpointTokenVersion: 'v2Token' },
  'iam:UpdateDelegationRequest': idOf('ASSIGNED'),
};
