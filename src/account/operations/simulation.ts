import { z } from 'zod';
import { arnParts, friendlyName, parseArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { AccountPlace } from '../call.ts';
import { accountAt, type CloudState } from '../cloud-state.ts';
import { type Answer, cloudReadOperation, readOperation } from '../operation.ts';
import { organizationPolicies } from '../organization-policies.ts';
import { contextEntries, givenContext } from '../simulate/context-entries.ts';
import { isExcluded, policyExclusions } from '../simulate/policy-exclusions.ts';
import { compiledPolicy, type Simulation } from '../simulate/simulation.ts';
import {
  boundaryOfHolder,
  givenPolicies,
  type Holder,
  policiesOfHolder,
  type SourcePolicy,
} from '../simulate/source-policies.ts';
import { paging, policyDocument, textList } from './input.ts';
import { page, wholeList } from './page.ts';
import { findPolicySource, unclearEntity } from './policy-source.ts';
import { evaluationResult, simulatedResources } from './simulation-results.ts';

const resourceName = z.string().min(1).max(2048);

/** What both simulations take. */
const common = {
  ActionNames: textList(z.string().min(3).max(128)),
  ResourceArns: textList(resourceName).default([]),
  ResourcePolicy: policyDocument.optional(),
  ResourceOwner: resourceName.optional(),
  CallerArn: resourceName.optional(),
  ContextEntries: contextEntries,
  ResourceHandlingOption: z.string().min(1).max(64).optional(),
  PermissionsBoundaryPolicyInputList: textList(policyDocument).default([]),
  ...paging,
};

const customInput = z.object({
  ...common,
  PolicyInputList: textList(policyDocument),
  OrderedOrganizationPolicyInputList: z
    .array(z.object({ ServiceControlPolicyInputList: textList(policyDocument).default([]) }))
    .optional(),
});

const principalInput = z.object({
  ...common,
  PolicySourceArn: z.string().min(20).max(2048),
  PolicyInputList: textList(policyDocument).default([]),
  PolicyExclusionList: policyExclusions,
});

type CommonInput = Omit<z.output<typeof customInput>, 'PolicyInputList' | 'OrderedOrganizationPolicyInputList'>;

/** The policies that a simulation asks, but for that of the resource. */
type AskedPolicies = Pick<Simulation, 'identity' | 'boundary' | 'scps'>;

/** `iam:SimulateCustomPolicy`. */
const simulateCustomPolicy = readOperation('iam:SimulateCustomPolicy', customInput, (state, input) => {
  const levels = input.OrderedOrganizationPolicyInputList?.map(({ ServiceControlPolicyInputList }, index) =>
    givenPolicies(`OrderedOrganizationPolicyInputList.${index + 1}`, ServiceControlPolicyInputList),
  );
  const policies = {
    identity: givenPolicies('PolicyInputList', input.PolicyInputList),
    boundary: givenBoundary(input),
    scps: levels ?? null,
  };
  return answered('SimulateCustomPolicy', state, input, policies, input.CallerArn);
});

/** `iam:SimulatePrincipalPolicy`. */
const simulatePrincipalPolicy = cloudReadOperation(
  'iam:SimulatePrincipalPolicy',
  principalInput,
  (cloud, input, call) => {
    const state = accountAt(cloud, call.account);
    const source = findPolicySource(state, input.PolicySourceArn);
    if (!source.ok) return source;
    const kept = (policies: readonly SourcePolicy[]): SourcePolicy[] =>
      policies.filter((policy) => !isExcluded(input.PolicyExclusionList, policy));
    const [boundary = null] = kept([boundaryOfHolder(state, source.value)].filter((policy) => policy !== null));
    const policies = {
      identity: [
        ...kept(policiesOfHolder(state, source.value)),
        ...givenPolicies('PolicyInputList', input.PolicyInputList),
      ],
      boundary: givenBoundary(input) ?? boundary,
      scps: scpsAbove(cloud, call.account, source.value, input.PolicyExclusionList.some(excludesScps)),
    };
    return answered('SimulatePrincipalPolicy', state, input, policies, input.CallerArn ?? source.value.entity.arn);
  },
);

const excludesScps = ({ PolicyType }: { readonly PolicyType?: string | undefined }): boolean => PolicyType === 'scp';

/** The SCPs above an account, of which the management account and service-linked roles are free; null: there are none. */
const scpsAbove = (
  cloud: CloudState,
  place: AccountPlace,
  { entity }: Holder,
  excluded: boolean,
): AskedPolicies['scps'] => {
  const organization = organizationPolicies(cloud, place);
  if (organization === null) return null;
  const { levels, managementAccountId } = organization;
  const isFree = excluded || managementAccountId === place.accountId || entity.path.startsWith('/aws-service-role/');
  return isFree
    ? []
    : levels.map(({ scps }) =>
        scps.map(({ name, document }) => ({ id: name, type: 'IAM Policy', document, origin: null })),
      );
};

const givenBoundary = ({ PermissionsBoundaryPolicyInputList: documents }: CommonInput): SourcePolicy | null =>
  givenPolicies('PermissionsBoundaryPolicyInputList', documents, 'Permissions Boundary Policy')[0] ?? null;

const answered = (
  operation: string,
  state: AccountState,
  input: CommonInput,
  policies: AskedPolicies,
  callerArn: string | undefined,
): Result<Answer, AwsError> => {
  if (input.PermissionsBoundaryPolicyInputList.length > 1) {
    return awsError('InvalidInput', 'Only one permissions boundary policy can be specified.');
  }
  const resources = simulatedResources(input.ResourceArns, input.ActionNames);
  if (!resources.ok) return resources;
  const simulation = simulationOf(state, input, policies, callerArn, resources.value);
  if (!simulation.ok) return simulation;
  const actions = page(operation, input, wholeList(input.ActionNames));
  if (!actions.ok) return actions;
  const EvaluationResults: Answer[] = [];
  for (const action of actions.value.items) {
    const result = evaluationResult(simulation.value, action, resources.value);
    if (!result.ok) return result;
    EvaluationResults.push(result.value);
  }
  return ok({ EvaluationResults, ...actions.value.more });
};

const simulationOf = (
  state: AccountState,
  { ResourcePolicy, ResourceOwner, ContextEntries }: CommonInput,
  policies: AskedPolicies,
  callerArn: string | undefined,
  resources: readonly string[],
): Result<Simulation, AwsError> => {
  const context = givenContext(ContextEntries);
  if (!context.ok) return context;
  const resource: SourcePolicy | null =
    ResourcePolicy === undefined
      ? null
      : { id: 'ResourcePolicy', type: 'Resource Policy', document: ResourcePolicy, origin: null };
  if (resource !== null && callerArn === undefined) {
    return awsError('InvalidInput', 'Invalid caller - Caller cannot be null or empty.');
  }
  if (resource !== null && resources.includes('*')) return unclearEntity('*');
  const problem = unreadable([
    ...policies.identity,
    ...(policies.boundary === null ? [] : [policies.boundary]),
    ...(policies.scps ?? []).flat(),
    ...(resource === null ? [] : [resource]),
  ]);
  if (problem !== null) return awsError('InvalidInput', problem);
  const caller = simulatedCaller(state, callerArn);
  if (!caller.ok) return caller;
  const owner = ResourceOwner === undefined ? ok(caller.value.account) : accountOfOwner(ResourceOwner);
  if (!owner.ok) return owner;
  return ok({
    ...policies,
    resource,
    caller: { kind: caller.value.kind, arn: caller.value.arn, account: caller.value.account },
    account: caller.value.account,
    owner: owner.value,
    context: new Map([...caller.value.context, ...context.value]),
  });
};

/** What is wrong with the first document that cannot be read whole; null: nothing. */
const unreadable = (policies: readonly SourcePolicy[]): string | null => {
  for (const { id, document, origin } of policies) {
    const [problem] = origin === null ? compiledPolicy(document).document.problems : [];
    if (problem !== undefined) return `The policy ${id} is malformed: ${problem.message}.`;
  }
  return null;
};

interface SimulatedCaller {
  readonly kind: 'user' | 'role';
  readonly arn: string;
  readonly account: string;
  /** The keys that follow from who calls, unless the request gives others. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/** Whom the simulated request comes from. As recorded from AWS, its ARN stands for its unique id. */
const simulatedCaller = (
  { accountId }: AccountState,
  callerArn: string | undefined,
): Result<SimulatedCaller, AwsError> => {
  if (callerArn === undefined) {
    const context = new Map([
      ['aws:principalaccount', [accountId]],
      ['aws:userid', ['STUB_PRINCIPAL_FOR_POLICY_SIMULATOR']],
    ]);
    return ok({ kind: 'user', arn: '', account: accountId, context });
  }
  const arn = parseArn(callerArn);
  const parts = arn.ok ? arnParts(arn.value) : null;
  const kind = /^(user|group|role)\/./s.exec(parts?.resource ?? '')?.[1];
  if (parts === null || parts.service !== 'iam' || kind === undefined) {
    return awsError('InvalidInput', 'Invalid caller - Caller must be an IAM user, role or group in this context.');
  }
  const context = new Map([
    ['aws:principalarn', [callerArn]],
    ['aws:principalaccount', [parts.account]],
    ['aws:userid', [callerArn]],
  ]);
  if (kind === 'user') context.set('aws:username', [friendlyName(parts.resource)]);
  return ok({ kind: kind === 'role' ? 'role' : 'user', arn: callerArn, account: parts.account, context });
};

const accountOfOwner = (text: string): Result<string, AwsError> => {
  const account = /^arn:[^:]+:iam::(\d{12}):.+$/s.exec(text)?.[1];
  return account === undefined ? awsError('InvalidInput', 'Invalid Resource Owner.') : ok(account);
};

/** The policy simulator. */
export const simulationOperations = [simulateCustomPolicy, simulatePrincipalPolicy];
