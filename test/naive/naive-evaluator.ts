import { applies } from './naive-matching.ts';
import { isSpared, type Strength, strengthOf, strongest } from './naive-principals.ts';
import { callerAccount, contextOf, type NaivePolicy, type NaiveRequest } from './naive-request.ts';
import { isBlockedAsPublic, resourceAccountOf } from './naive-s3.ts';
import { type NaiveForm, type NaiveStatement, statementsOf } from './naive-statements.ts';

/** What AWS answers to a request whose context is fully known. */
export type NaiveDecision = 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';

/**
 * Decides a request as "Policy evaluation logic" of the IAM User Guide tells it, in the order of its flow chart. Slow and
 * plain on purpose: a second witness, which shares nothing with `src/`.
 */
export const naiveDecide = (whole: NaiveRequest): NaiveDecision => {
  // It needs no permission and cannot be denied (AWS STS API Reference, GetCallerIdentity).
  if (whole.request.action.toLowerCase() === 'sts:getcalleridentity') return 'Allowed';
  const policies = policiesOf(whole);
  if (isDenied(whole, policies)) return 'ExplicitlyDenied';
  return isWithinLimits(whole, policies) && isGranted(whole, policies) ? 'Allowed' : 'ImplicitlyDenied';
};

/** The documents of each type of policy that applies to the request. */
interface Policies {
  readonly identity: readonly unknown[];
  readonly boundary: readonly unknown[];
  readonly session: readonly unknown[];
  readonly scps: readonly (readonly unknown[])[];
  readonly rcps: readonly (readonly unknown[])[];
  readonly endpoint: readonly unknown[];
  readonly resource: readonly unknown[];
}

const policiesOf = (whole: NaiveRequest): Policies => ({
  identity: [...documentsOf(whole.identityPolicies), ...documentsOf(whole.groupPolicies)],
  boundary: documentsOf(whole.permissionBoundaries),
  session: documentsOf(whole.sessionPolicies),
  scps: isUnderScps(whole) ? (whole.scps ?? []).map(documentsOf) : [],
  rcps: isUnderRcps(whole) ? (whole.rcps ?? []).map(documentsOf) : [],
  endpoint: documentsOf(whole.endpointPolicies),
  resource: whole.resourcePolicy === undefined ? [] : [whole.resourcePolicy],
});

const documentsOf = (policies: readonly NaivePolicy[] = []): readonly unknown[] =>
  policies.map(({ document }) => document);

/** The statements that match the request, whomever they name. */
const matching = (
  whole: NaiveRequest,
  documents: readonly unknown[],
  effect: 'Allow' | 'Deny',
  form: NaiveForm,
): readonly NaiveStatement[] =>
  documents
    .flatMap((document) => statementsOf(document, form))
    .filter((statement) => statement.effect === effect && applies(statement, whole.request, contextOf(whole)));

/** A Deny anywhere wins. */
const isDenied = (whole: NaiveRequest, policies: Policies): boolean => {
  const { identity, boundary, session, scps, rcps, endpoint, resource } = policies;
  const plain = matching(whole, [...identity, ...boundary, ...session, ...scps.flat()], 'Deny', 'identity');
  const capping = matching(whole, [...rcps.flat(), ...endpoint], 'Deny', 'cap');
  const onResource = matching(whole, resource, 'Deny', 'resource');
  return plain.length > 0 || [...capping, ...onResource].some((statement) => isHit(statement, whole));
};

/** Whether a Deny is about the caller: named, by its account too, or not spared. */
const isHit = ({ principal, notPrincipal }: NaiveStatement, whole: NaiveRequest): boolean =>
  notPrincipal === null ? strengthOf(principal ?? {}, whole) !== 'none' : !isSpared(notPrincipal, whole);

/** Every level of the organization must allow, and the endpoint. */
const isWithinLimits = (whole: NaiveRequest, { scps, rcps, endpoint }: Policies): boolean =>
  scps.every((level) => matching(whole, level, 'Allow', 'identity').length > 0) &&
  rcps.every((level) => grantOf(whole, level, 'cap') !== 'none') &&
  (endpoint.length === 0 || grantOf(whole, endpoint, 'cap') !== 'none');

/** How the caller is named by those of the policies that allow. */
const grantOf = (whole: NaiveRequest, documents: readonly unknown[], form: NaiveForm): Strength =>
  strongest(matching(whole, documents, 'Allow', form).map(({ principal }) => strengthOf(principal ?? {}, whole)));

const isGranted = (whole: NaiveRequest, { identity, boundary, session, resource }: Policies): boolean => {
  const { principalType } = whole.request;
  const sameAccount = callerAccount(whole) === resourceAccountOf(whole);
  const grant = isBlockedAsPublic(whole, sameAccount) ? 'none' : grantOf(whole, resource, 'resource');
  if (['service', 'federated', 'anonymous'].includes(principalType)) return grant === 'direct';

  const allows = (documents: readonly unknown[]): boolean => matching(whole, documents, 'Allow', 'identity').length > 0;
  const withinMine = (boundary.length === 0 || allows(boundary)) && (session.length === 0 || allows(session));
  const mine = (principalType === 'root' || allows(identity)) && withinMine;
  if (!sameAccount) return grant !== 'none' && mine;
  if (grant === 'direct') return true;
  if (grant === 'role' && withinMine) return true;
  return needsTrust(whole) ? grant === 'account' && mine : mine;
};

/** Source: "Service control policies (SCPs)", AWS Organizations User Guide. */
const isUnderScps = ({ request, settings }: NaiveRequest): boolean =>
  !['service', 'federated', 'anonymous'].includes(request.principalType) &&
  settings?.managementAccount !== true &&
  settings?.serviceLinkedRole !== true;

/** Source: "Resource control policies (RCPs)", AWS Organizations User Guide. */
const isUnderRcps = ({ request: { action, resource }, settings }: NaiveRequest): boolean =>
  settings?.resourceInManagementAccount !== true &&
  settings?.serviceLinkedRole !== true &&
  resource !== '*' &&
  !/^kms:RetireGrant$/i.test(action) &&
  !resource.includes(':role/aws-service-role/') &&
  SERVICES_UNDER_RCPS.includes(action.toLowerCase().split(':')[0] ?? '');

/** The first of the services with resources that RCPs are about; the list grows. */
const SERVICES_UNDER_RCPS = ['s3', 'sts', 'kms', 'sqs', 'secretsmanager'];

/** Keys and roles have a policy that alone says whether the account's own policies count. */
const needsTrust = ({ request: { action, resource } }: NaiveRequest): boolean =>
  (/^kms:/i.test(action) && /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource)) ||
  (/^sts:(AssumeRole|TagSession|SetSourceIdentity)/i.test(action) && /^arn:[^:]*:iam::[^:]*:role\//.test(resource));
