import { z } from 'zod';
import { compileWildcard } from '../../../iam/wildcard.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { CompiledPolicy, CompiledStatement } from '../../../policy/compile-policy.ts';
import { hasBit } from '../../../reference/bitset.ts';
import { type ServiceReference, serviceReference } from '../../../reference/service-reference.ts';
import { askPolicy, letsMoreThrough, type SampleRequest, sampleRequests } from '../../access-analyzer/policy-access.ts';
import { publicAccess } from '../../access-analyzer/public-access.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { type Answer, readOperation } from '../../operation.ts';
import { compiledPolicy } from '../../simulate/simulation.ts';
import { refuse } from './analyzer-operation.ts';
import { RESOURCE_TYPES } from './checked-resource-types.ts';

const policyText = z.string();

const policyType = z.enum(['IDENTITY_POLICY', 'RESOURCE_POLICY']);

type Checked = Result<Answer, AwsError>;

/** The texts of a check. */
interface Verdict {
  readonly pass: string;
  readonly fail: string;
  /** What is said of a statement; `with index: 0` or `with sid: Name` follows. */
  readonly reason: string;
}

const verdict = ({ pass, fail, reason }: Verdict, statements: readonly CompiledStatement[]): Checked => {
  if (statements.length === 0) return ok({ result: 'PASS', message: pass });
  const reasons = statements.map(({ statement: { index, sid } }) => ({
    description: `${reason} with ${sid === null || sid === '' ? `index: ${index}` : `sid: ${sid}`}.`,
    statementIndex: index,
    ...(sid === null || sid === '' ? {} : { statementId: sid }),
  }));
  return ok({ result: 'FAIL', message: fail, reasons });
};

/** Reads policies for a check; those that AWS would not take are refused. */
const readPolicies = (...texts: readonly string[]): Result<readonly CompiledPolicy[], AwsError> => {
  const policies = texts.map(compiledPolicy);
  const broken = policies.find(({ document }) => document.problems.length > 0);
  if (broken === undefined) return ok(policies);
  return awsError('InvalidParameterException', 'The policy document is not valid.');
};

/** Why a check is refused that would take too long. */
const TOO_COMPLEX = awsError('UnprocessableEntityException', 'The policy document is too complex to be checked.');

/** `access-analyzer:CheckNoPublicAccess`. */
const checkNoPublicAccess = readOperation(
  'access-analyzer:CheckNoPublicAccess',
  z.object({ policyDocument: policyText, resourceType: z.enum(RESOURCE_TYPES) }),
  (_, { policyDocument }) => {
    const policies = readPolicies(policyDocument);
    if (!policies.ok) return policies;
    return verdict(
      {
        pass: 'The resource policy does not grant public access for the given resource type.',
        fail: 'The resource policy grants public access for the given resource type.',
        reason: 'Public access granted in the following statement',
      },
      policies.value.flatMap(publicAccess),
    );
  },
  refuse,
);

const names = z.array(z.string()).max(100).default([]);

/** `access-analyzer:CheckAccessNotGranted`: to actions, to resources, or to actions on resources. */
const checkAccessNotGranted = readOperation(
  'access-analyzer:CheckAccessNotGranted',
  z.object({
    policyDocument: policyText,
    policyType,
    access: z.array(z.object({ actions: names, resources: names })).max(1),
  }),
  (_, { policyDocument, policyType: type, access }) => {
    const policies = readPolicies(policyDocument);
    if (!policies.ok) return policies;
    const [policy] = policies.value;
    const resources = access.flatMap((each) => each.resources);
    const reference = serviceReference();
    const requests = sampleRequests([...policies.value, ...askedActions(access)], type, reference, resources);
    if (policy === undefined || requests === null) return TOO_COMPLEX;
    const meant = requests.filter((request) => access.some((each) => isMeant(request, each, reference)));
    const granting = statementsOf(
      policy,
      meant.flatMap((request) => askPolicy(policy, request).grantedBy),
    );
    return verdict(
      {
        pass: 'The policy document does not grant access to perform the listed actions or resources.',
        fail: 'The policy document grants access to perform one or more of the listed actions or resources.',
        reason: 'One or more of the listed actions or resources in the statement',
      },
      granting,
    );
  },
  refuse,
);

type Access = Readonly<Record<'actions' | 'resources', readonly string[]>>;

/** Policies that tell the actions that are asked about from all others. */
const askedActions = (access: readonly Access[]): readonly CompiledPolicy[] =>
  access
    .flatMap(({ actions }) => actions)
    .map((Action) => compiledPolicy(JSON.stringify({ Statement: { Effect: 'Deny', Action, NotResource: '*' } })));

const isMeant = ({ action, resource }: SampleRequest, { actions, resources }: Access, reference: ServiceReference) =>
  (actions.length > 0 || resources.length > 0) &&
  (actions.length === 0 || actions.some((pattern) => isAction(pattern, action, reference))) &&
  (resources.length === 0 || resources.some((pattern) => compileWildcard(pattern)(resource)));

const isAction = (
  pattern: string,
  { name, position }: SampleRequest['action'],
  { matchActions }: ServiceReference,
): boolean =>
  position === null ? compileWildcard(pattern.toLowerCase())(name) : hasBit(matchActions([pattern]), position);

/** The statements at some positions of a policy, each once, in its order. */
const statementsOf = ({ allows }: CompiledPolicy, indexes: readonly number[]): readonly CompiledStatement[] =>
  allows.filter(({ statement }) => indexes.includes(statement.index));

/** `access-analyzer:CheckNoNewAccess`. */
const checkNoNewAccess = readOperation(
  'access-analyzer:CheckNoNewAccess',
  z.object({ newPolicyDocument: policyText, existingPolicyDocument: policyText, policyType }),
  (_, { newPolicyDocument, existingPolicyDocument, policyType: type }) => {
    const policies = readPolicies(newPolicyDocument, existingPolicyDocument);
    if (!policies.ok) return policies;
    const [after, before] = policies.value;
    const requests = sampleRequests(policies.value, type, serviceReference());
    if (after === undefined || before === undefined || requests === null) return TOO_COMPLEX;
    const granting = requests.flatMap((request) => {
      const answer = askPolicy(after, request);
      return letsMoreThrough(answer.formula, askPolicy(before, request).formula) ? answer.grantedBy : [];
    });
    return verdict(
      {
        pass: 'The modified permissions do not grant new access compared to your existing policy.',
        fail: 'The modified permissions grant new access compared to your existing policy.',
        reason: 'New access in the statement',
      },
      statementsOf(after, granting),
    );
  },
  refuse,
);

/** The operations of Access Analyzer that check policies. */
export const policyCheckOperations = [checkNoPublicAccess, checkAccessNotGranted, checkNoNewAccess];
