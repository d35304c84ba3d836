import type { ServiceReference } from '../../reference/service-reference.ts';
import type { IssueCode } from './issues.ts';
import type { Located, LocatedJson, LocatedMember, LocatedObject } from './located-json.ts';

/** What a policy is to be. Source: `PolicyType`, IAM Access Analyzer API Reference. */
export type ValidatedPolicyType =
  | 'IDENTITY_POLICY'
  | 'RESOURCE_POLICY'
  | 'SERVICE_CONTROL_POLICY'
  | 'RESOURCE_CONTROL_POLICY';

/** Takes note of an issue; `values` fill what its text leaves open. */
export type Report = (code: IssueCode, at: readonly Located[], values?: Readonly<Record<string, string>>) => void;

/** What the checks of a policy have to go by. */
export interface Validation {
  readonly policyType: ValidatedPolicyType;
  /** What a resource-based policy hangs on, as in CloudFormation; null: something. */
  readonly resourceType: string | null;
  /** Whether the policy is of a version that has policy variables. */
  readonly hasVariables: boolean;
  readonly reference: ServiceReference;
  readonly report: Report;
  /** How much more may be compared, in characters: policies are short, and what is not is meant to take time. */
  readonly budget: { left: number };
}

/** Whether it is the trust policy of a role. */
export const isTrustPolicy = ({ resourceType }: Validation): boolean =>
  resourceType === 'AWS::IAM::AssumeRolePolicyDocument';

/** A statement of a policy. */
export interface StatementNode {
  readonly node: LocatedObject;
  /** An element of the statement, by its name. */
  element(name: string): LocatedJson | undefined;
  /** `Allow`, `Deny`, or null for what is neither. */
  readonly effect: 'Allow' | 'Deny' | null;
  readonly conditions: readonly ConditionNode[];
}

/** One operator and key of a statement's `Condition`. */
export interface ConditionNode {
  /** As written. */
  readonly operator: string;
  readonly operatorKey: Located;
  /** As written. */
  readonly key: string;
  readonly keyAt: Located;
  readonly value: LocatedJson;
  readonly values: readonly LocatedJson[];
}

/** The statement that a JSON object is. */
export const statementNode = (node: LocatedObject): StatementNode => {
  const element = (name: string): LocatedJson | undefined => memberOf(node, name)?.value;
  const effect = element('Effect');
  const text = effect?.kind === 'text' ? effect.text : '';
  return {
    node,
    element,
    effect: text === 'Allow' || text === 'Deny' ? text : null,
    conditions: conditionsOf(element('Condition')),
  };
};

const conditionsOf = (block: LocatedJson | undefined): readonly ConditionNode[] =>
  membersOf(block).flatMap(({ name: operator, key: operatorKey, value: keys }) =>
    membersOf(keys).map(({ name: key, key: keyAt, value }) => {
      return { operator, operatorKey, key, keyAt, value, values: itemsOf(value) };
    }),
  );

/** A member of an object; of several with the same name the last, as JSON has it. */
export const memberOf = ({ members }: LocatedObject, name: string): LocatedMember | undefined =>
  members.findLast((member) => member.name === name);

/** The members of an object; none for another value. */
export const membersOf = (value: LocatedJson | undefined): readonly LocatedMember[] =>
  value?.kind === 'object' ? value.members : [];

/** The items of a list; another value is a list of one. */
export const itemsOf = (value: LocatedJson | undefined): readonly LocatedJson[] => {
  if (value === undefined) return [];
  return value.kind === 'list' ? value.items : [value];
};

/** A text of a policy and where it stands. */
export type LocatedText = Extract<LocatedJson, { readonly kind: 'text' }>;

/** The texts of an element that holds one or a list. */
export const textsOf = (value: LocatedJson | undefined): readonly LocatedText[] =>
  itemsOf(value).filter((item): item is LocatedText => item.kind === 'text');
