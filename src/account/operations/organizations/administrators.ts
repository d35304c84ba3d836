import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { awsError } from '../../aws-error.ts';
import { organizationArn } from '../../organization-arn.ts';
import { type OrganizationState, pairKey } from '../../organization-state.ts';
import { accountId, pageAnswer, paging, servicePrincipal, tags } from './input.ts';
import { constraintViolation, organizationOperation, organizationRead } from './organization-operation.ts';
import { newId } from './tree.ts';
import { accountView } from './views.ts';

/** `organizations:EnableAWSServiceAccess`. */
const enableServiceAccess = organizationOperation(
  'EnableAWSServiceAccess',
  'managementAccount',
  z.object({ ServicePrincipal: servicePrincipal }),
  (organization, { ServicePrincipal }, call) => {
    const { serviceAccess } = organization;
    const since = serviceAccess.get(ServicePrincipal) ?? call.now;
    return ok({
      organization: { ...organization, serviceAccess: serviceAccess.set(ServicePrincipal, since) },
      answer: {},
    });
  },
);

/** `organizations:DisableAWSServiceAccess`. */
const disableServiceAccess = organizationOperation(
  'DisableAWSServiceAccess',
  'managementAccount',
  z.object({ ServicePrincipal: servicePrincipal }),
  (organization, { ServicePrincipal }) => {
    const serviceAccess = organization.serviceAccess.delete(ServicePrincipal);
    return ok({ organization: { ...organization, serviceAccess }, answer: {} });
  },
);

/** `organizations:ListAWSServiceAccessForOrganization`. */
const listServiceAccess = organizationRead(
  'ListAWSServiceAccessForOrganization',
  'administrators',
  z.object(paging),
  ({ serviceAccess }, input) =>
    pageAnswer(
      'EnabledServicePrincipals',
      input,
      (from) => [...serviceAccess.entriesFrom(from)].map(([service, since]) => [service, { service, since }] as const),
      ({ service, since }) => ({ ServicePrincipal: service, DateEnabled: since }),
    ),
);

const delegation = z.object({ AccountId: accountId, ServicePrincipal: servicePrincipal });

/** `organizations:RegisterDelegatedAdministrator`. */
const registerAdministrator = organizationOperation(
  'RegisterDelegatedAdministrator',
  'managementAccount',
  delegation,
  (organization, { AccountId, ServicePrincipal }, call) => {
    if (!organization.accounts.has(AccountId)) return accountNotFound;
    if (AccountId === organization.managementAccountId) {
      const message = 'You cannot register master account/yourself as delegated administrator for your organization.';
      return constraintViolation('CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR', message);
    }
    const key = pairKey(AccountId, ServicePrincipal);
    if (organization.delegations.has(key)) {
      const message = 'The provided account is already a delegated administrator for your organization.';
      return awsError('AccountAlreadyRegisteredException', message);
    }
    return ok({
      organization: { ...organization, delegations: organization.delegations.set(key, call.now) },
      answer: {},
    });
  },
);

const accountNotFound = awsError('AccountNotFoundException', "You specified an account that doesn't exist.");

/** `organizations:DeregisterDelegatedAdministrator`. */
const deregisterAdministrator = organizationOperation(
  'DeregisterDelegatedAdministrator',
  'managementAccount',
  delegation,
  (organization, { AccountId, ServicePrincipal }) => {
    if (!organization.accounts.has(AccountId)) return accountNotFound;
    const key = pairKey(AccountId, ServicePrincipal);
    if (!organization.delegations.has(key)) {
      const message = 'The provided account is not a registered delegated administrator for your organization.';
      return awsError('AccountNotRegisteredException', message);
    }
    return ok({ organization: { ...organization, delegations: organization.delegations.delete(key) }, answer: {} });
  },
);

/** `organizations:ListDelegatedAdministrators`. */
const listAdministrators = organizationRead(
  'ListDelegatedAdministrators',
  'administrators',
  z.object({ ServicePrincipal: servicePrincipal.optional(), ...paging }),
  (organization, input) =>
    pageAnswer(
      'DelegatedAdministrators',
      input,
      (from) => [...administratorsOf(organization, input.ServicePrincipal)].filter(([account]) => account >= from),
      (administrator) => administrator,
    ),
);

/** Each account once, with the first of its delegations. */
const administratorsOf = (organization: OrganizationState, service: string | undefined) => {
  const found = new Map<string, unknown>();
  for (const [key, since] of organization.delegations.entriesFrom('')) {
    const [account = '', of] = key.split('\0');
    const member = organization.accounts.get(account);
    if (member === undefined || found.has(account) || (service !== undefined && of !== service)) continue;
    const { Paths: _, ...view } = accountView(organization, member);
    found.set(account, { ...view, DelegationEnabledDate: since });
  }
  return found;
};

/** `organizations:ListDelegatedServicesForAccount`. */
const listDelegatedServices = organizationRead(
  'ListDelegatedServicesForAccount',
  'administrators',
  z.object({ AccountId: accountId, ...paging }),
  (organization, input) => {
    if (!organization.accounts.has(input.AccountId)) return accountNotFound;
    const prefix = pairKey(input.AccountId, '');
    const services = [...organization.delegations.entriesWithPrefix(prefix)].map(
      ([key, since]) => [key, { ServicePrincipal: key.slice(prefix.length), DelegationEnabledDate: since }] as const,
    );
    if (services.length === 0) {
      const message = 'The provided account is not a registered delegated administrator for your organization.';
      return awsError('AccountNotRegisteredException', message);
    }
    const from = (start: string) => services.filter(([key]) => key >= start);
    return pageAnswer('DelegatedServices', input, from, (service) => service);
  },
);

const resourcePolicyView = (organization: OrganizationState, { id, content }: { id: string; content: string }) => ({
  ResourcePolicySummary: { Id: id, Arn: organizationArn(organization, 'resourcepolicy', id) },
  Content: content,
});

/** `organizations:PutResourcePolicy`: who may act for the management account. */
const putResourcePolicy = organizationOperation(
  'PutResourcePolicy',
  'managementAccount',
  z.object({ Content: z.string().min(1).max(40_000), Tags: tags.default([]) }),
  (organization, { Content }, call) => {
    const id = organization.resourcePolicy?.id ?? newId('rp-', 8, call.random);
    const resourcePolicy = { id, content: Content };
    const answer = { ResourcePolicy: resourcePolicyView(organization, resourcePolicy) };
    return ok({ organization: { ...organization, resourcePolicy }, answer });
  },
);

const noResourcePolicy = awsError(
  'ResourcePolicyNotFoundException',
  "We can't find a resource policy request with the parameter that you specified.",
);

/** `organizations:DescribeResourcePolicy`. */
const describeResourcePolicy = organizationRead(
  'DescribeResourcePolicy',
  'administrators',
  z.object({}),
  (organization) =>
    organization.resourcePolicy === null
      ? noResourcePolicy
      : ok({ ResourcePolicy: resourcePolicyView(organization, organization.resourcePolicy) }),
);

/** `organizations:DeleteResourcePolicy`. */
const deleteResourcePolicy = organizationOperation(
  'DeleteResourcePolicy',
  'managementAccount',
  z.object({}),
  (organization) =>
    organization.resourcePolicy === null
      ? noResourcePolicy
      : ok({ organization: { ...organization, resourcePolicy: null }, answer: {} }),
);

/** The operations that give others a say in the organization. */
export const administratorOperations = [
  enableServiceAccess,
  disableServiceAccess,
  listServiceAccess,
  registerAdministrator,
  deregisterAdministrator,
  listAdministrators,
  listDelegatedServices,
  putResourcePolicy,
  describeResourcePolicy,
  deleteResourcePolicy,
];
