import { ok, type Result } from '../../kernel/result.ts';
import { serviceReference } from '../../reference/service-reference.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Answer } from '../operation.ts';
import {
  type EvalDecision,
  type MatchedStatement,
  type SimulatedResult,
  type Simulation,
  simulate,
} from '../simulate/simulation.ts';

/** The resources that a simulation is about: `*` where none is named. */
export const simulatedResources = (
  resources: readonly string[],
  actions: readonly string[],
): Result<readonly string[], AwsError> => {
  if (actions.length === 0) return awsError('InvalidInput', 'ActionNames is required.');
  if (actions.some((action) => !action.includes(':'))) {
    return awsError('InvalidInput', 'The action is invalid since it is missing names');
  }
  const broken = resources.find(
    (resource) => !(resource === '*' ? resources.length === 1 : /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s.test(resource)),
  );
  if (broken !== undefined) {
    return awsError('InvalidInput', `ResourceNames are not in a valid ARN format: ${broken}.`);
  }
  return ok(resources.length === 0 ? ['*'] : resources);
};

interface ResourceResult extends SimulatedResult {
  readonly resource: string;
}

/** The shape `EvaluationResult`, of an action on all the resources. */
export const evaluationResult = (
  simulation: Simulation,
  action: string,
  resources: readonly string[],
): Result<Answer, AwsError> => {
  const results: ResourceResult[] = [];
  for (const resource of resources) {
    const result = simulate(simulation, action, resource);
    if (result === null) return awsError('PolicyEvaluation', 'The policies could not be evaluated.');
    results.push({ ...result, resource });
  }
  const everywhere = resources.length === 1 && resources[0] === '*';
  const ended = results.some(({ allowedByOrganizations }) => allowedByOrganizations === false);
  return ok({
    EvalActionName: action,
    EvalResourceName: resources.length === 1 ? resources[0] : resourcePattern(action),
    EvalDecision: strictest(results.map(({ decision }) => decision)),
    MatchedStatements: distinct(results.flatMap(({ matched }) => matched)),
    MissingContextValues: everywhere ? distinct(results.flatMap(({ missing }) => missing)) : [],
    OrganizationsDecisionDetail: simulation.scps === null ? undefined : { AllowedByOrganizations: !ended },
    PermissionsBoundaryDecisionDetail: boundaryDetail(results),
    EvalDecisionDetails: everywhere || ended ? undefined : detailsOf(results),
    ResourceSpecificResults: everywhere ? undefined : results.map(resourceSpecificResult),
  });
};

/** The shape `ResourceSpecificResult`; lists without anything are left out. */
const resourceSpecificResult = (result: ResourceResult) => ({
  EvalResourceName: result.resource,
  EvalResourceDecision: result.decision,
  MatchedStatements: result.matched.length === 0 ? undefined : result.matched,
  MissingContextValues: result.missing.length === 0 ? undefined : result.missing,
  EvalDecisionDetails: result.details,
  PermissionsBoundaryDecisionDetail: boundaryDetail([result]),
});

const boundaryDetail = (results: readonly SimulatedResult[]) =>
  results.some(({ allowedByBoundary }) => allowedByBoundary !== null)
    ? { AllowedByPermissionsBoundary: results.every(({ allowedByBoundary }) => allowedByBoundary === true) }
    : undefined;

/** Of a request within an account there are no details; the member is there all the same. */
const detailsOf = (results: readonly SimulatedResult[]): Readonly<Record<string, EvalDecision>> => {
  const details = results.map((result) => result.details).filter((each) => each !== null);
  const kinds = new Set(details.flatMap((each) => Object.keys(each)));
  return Object.fromEntries([...kinds].map((kind) => [kind, strictest(details.flatMap((each) => each[kind] ?? []))]));
};

const strictest = (decisions: readonly EvalDecision[]): EvalDecision =>
  (['explicitDeny', 'implicitDeny'] as const).find((decision) => decisions.includes(decision)) ?? 'allowed';

const distinct = <T extends MatchedStatement | string>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

/** What stands for several resources: the form of the ARNs that the action is about. */
const resourcePattern = (action: string): string => {
  const types = serviceReference().describeAction(action)?.resourceTypes ?? [];
  const pattern = (types.find(({ required }) => required) ?? types[0])?.arnPattern ?? '';
  return pattern === '' ? '*' : pattern.replace('${Partition}', 'aws');
};
