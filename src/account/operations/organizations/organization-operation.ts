import type { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { type Answer, cloudOperation, type Operation, type Refuse } from '../../operation.ts';
import { organizationOf, withOrganization } from '../../organization-membership.ts';
import { type OrganizationState, valuesUnder } from '../../organization-state.ts';

/** Who may call: any account of the organization, its management account and delegated administrators, or the first alone. */
type Audience = 'members' | 'administrators' | 'managementAccount';

/** What a call leaves of the organization. */
interface OrganizationOutcome {
  readonly organization: OrganizationState;
  readonly answer: Answer;
}

/** Input that breaks the model's constraints, in the words of AWS Organizations. */
export const refuseInput: Refuse = ([issue]) => {
  switch (issue?.code) {
    case 'invalid_type':
      return issue.input === undefined ? invalidInput('INPUT_REQUIRED') : invalidInput('INVALID_FULL_NAME_TARGET');
    case 'too_small':
      return invalidInput(issue.origin === 'number' ? 'MIN_VALUE_EXCEEDED' : 'MIN_LENGTH_EXCEEDED');
    case 'too_big':
      return invalidInput(issue.origin === 'number' ? 'MAX_VALUE_EXCEEDED' : 'MAX_LENGTH_EXCEEDED');
    case 'invalid_value':
      return invalidInput('INVALID_ENUM');
    default:
      return invalidInput('INVALID_PATTERN');
  }
};

const INVALID_INPUT = {
  INPUT_REQUIRED: 'You must include a value for all required parameters.',
  INVALID_ENUM: 'You specified an invalid value.',
  INVALID_ENUM_POLICY_TYPE: 'You specified an invalid value.',
  INVALID_FULL_NAME_TARGET: 'You provided a value that contains invalid characters.',
  INVALID_NEXT_TOKEN: 'You provided an invalid NextToken.',
  INVALID_PARTY_TYPE_TARGET: 'You specified the wrong type of entity (account, organization, or email) as a party.',
  INVALID_PATTERN: 'You provided a value that does not match the required pattern.',
  INVALID_PATTERN_TARGET_ID: 'You provided a policy target ID that does not match the required pattern.',
  INVALID_SYSTEM_TAGS_PARAMETER:
    'You specified a tag key that is a system tag. You cannot add, edit, or delete system tag keys because they are reserved for AWS use.',
  MAX_LENGTH_EXCEEDED: 'You provided a string parameter that is longer than allowed.',
  MAX_VALUE_EXCEEDED: 'You provided a numeric parameter that has a larger value than allowed.',
  MIN_LENGTH_EXCEEDED: 'You provided a string parameter that is shorter than allowed.',
  MIN_VALUE_EXCEEDED: 'You provided a numeric parameter that has a smaller value than allowed.',
  MOVING_ACCOUNT_BETWEEN_DIFFERENT_ROOTS: 'You can move an account only between entities in the same root.',
  TARGET_NOT_SUPPORTED: 'You cannot perform the specified operation on that target entity.',
} as const;

/** `InvalidInputException` for a reason that AWS names. Source: `InvalidInputException`, AWS Organizations API Reference. */
export const invalidInput = (reason: keyof typeof INVALID_INPUT): Result<never, AwsError> =>
  awsError('InvalidInputException', INVALID_INPUT[reason], { Reason: reason });

/** `ConstraintViolationException` for a reason that AWS names. */
export const constraintViolation = (reason: string, message: string): Result<never, AwsError> =>
  awsError('ConstraintViolationException', message, { Reason: reason });

/** `HandshakeConstraintViolationException` for a reason that AWS names. */
export const handshakeViolation = (reason: string, message: string): Result<never, AwsError> =>
  awsError('HandshakeConstraintViolationException', message, { Reason: reason });

/** Defines an operation on the organization that the caller's account is in. */
export const organizationOperation = <Schema extends z.ZodType>(
  action: string,
  audience: Audience,
  schema: Schema,
  step: (organization: OrganizationState, input: z.output<Schema>, call: Call) => Result<OrganizationOutcome, AwsError>,
): Operation =>
  cloudOperation(
    `organizations:${action}`,
    schema,
    (cloud, input, call) => {
      const organization = organizationOf(cloud, call.account);
      if (organization === undefined) return notInUse;
      if (!isAdmitted(organization, audience, call)) return accessDenied;
      const outcome = step(organization, input, call);
      if (!outcome.ok) return outcome;
      const { organization: after, answer } = outcome.value;
      return ok({ cloud: after === organization ? cloud : withOrganization(cloud, after), answer });
    },
    refuseInput,
  );

/** Defines an operation that leaves the organization as it is. */
export const organizationRead = <Schema extends z.ZodType>(
  action: string,
  audience: Audience,
  schema: Schema,
  read: (organization: OrganizationState, input: z.output<Schema>, call: Call) => Result<Answer, AwsError>,
): Operation => ({
  ...organizationOperation(action, audience, schema, (organization, input, call) => {
    const answer = read(organization, input, call);
    return answer.ok ? ok({ organization, answer: answer.value }) : answer;
  }),
  readOnly: true,
});

/** Why an account that is in no organization is refused. */
export const notInUse = awsError(
  'AWSOrganizationsNotInUseException',
  'Your account is not a member of an organization.',
);

/** Why a member account is refused. */
export const accessDenied = awsError('AccessDeniedException', "You don't have permissions to access this resource.");

const isAdmitted = (organization: OrganizationState, audience: Audience, { account }: Call): boolean =>
  audience === 'members' ||
  account.accountId === organization.managementAccountId ||
  (audience === 'administrators' && valuesUnder(organization.delegations, account.accountId).length > 0);
