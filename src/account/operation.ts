import type { z } from 'zod';
import { ok, type Result } from '../kernel/result.ts';
import type { AccountState } from './account-state.ts';
import { type AwsError, awsError } from './aws-error.ts';
import type { Call } from './call.ts';
import { accountAt, type CloudState, withAccount } from './cloud-state.ts';
import { validationMessage } from './operations/validation-message.ts';

/**
 * What an operation answers, in the members of AWS's output shape. Times are `Instant`s, blobs are bytes; a member that
 * is null or undefined is left out.
 */
export type Answer = Readonly<Record<string, unknown>>;

/** What a call leaves behind: the account after it, and the answer. */
export interface Outcome {
  readonly state: AccountState;
  readonly answer: Answer;
}

/** What a call leaves behind that may reach beyond one account. */
export interface CloudOutcome {
  readonly cloud: CloudState;
  readonly answer: Answer;
}

/** One API operation as a pure step: the cloud and a call give the cloud after it and the answer, or a refusal. */
export interface Operation {
  /** As an IAM action: `iam:GetUser`. */
  readonly name: string;
  /** Whether it leaves the cloud as it is. */
  readonly readOnly: boolean;
  /** Checks input in the members of AWS's input shape by the constraints of the API; what it gives runs the operation. */
  prepare(input: unknown): Result<PreparedOperation, AwsError>;
  /** Checks the input, and runs the operation on it. */
  run(cloud: CloudState, input: unknown, call: Call): Result<CloudOutcome, AwsError>;
}

/** An operation with input that keeps the constraints of its API, not yet authorized. */
export type PreparedOperation = (cloud: CloudState, call: Call) => Result<CloudOutcome, AwsError>;

/** Defines an operation on the caller's account. `schema` holds AWS's constraints on the input; `step` is the effect. */
export const operation = <Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  step: (state: AccountState, input: z.output<Schema>, call: Call) => Result<Outcome, AwsError>,
  refuse?: Refuse,
): Operation =>
  cloudOperation(
    name,
    schema,
    (cloud, input, call) => {
      const outcome = step(accountAt(cloud, call.account), input, call);
      return outcome.ok
        ? ok({ cloud: withAccount(cloud, outcome.value.state), answer: outcome.value.answer })
        : outcome;
    },
    refuse,
  );

/** Defines an operation that leaves the caller's account as it is. */
export const readOperation = <Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  read: (state: AccountState, input: z.output<Schema>, call: Call) => Result<Answer, AwsError>,
  refuse?: Refuse,
): Operation =>
  cloudReadOperation(name, schema, (cloud, input, call) => read(accountAt(cloud, call.account), input, call), refuse);

/** Defines an operation that looks beyond the caller's account, and leaves the cloud as it is. */
export const cloudReadOperation = <Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  read: (cloud: CloudState, input: z.output<Schema>, call: Call) => Result<Answer, AwsError>,
  refuse?: Refuse,
): Operation => ({
  ...cloudOperation(
    name,
    schema,
    (cloud, input, call) => {
      const answer = read(cloud, input, call);
      return answer.ok ? ok({ cloud, answer: answer.value }) : answer;
    },
    refuse,
  ),
  readOnly: true,
});

/** Defines an operation that may reach beyond the caller's account. */
export const cloudOperation = <Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  step: (cloud: CloudState, input: z.output<Schema>, call: Call) => Result<CloudOutcome, AwsError>,
  refuse: Refuse = name.startsWith('iam:') ? refuseAsIam : refuseAsSts,
): Operation => {
  const prepare = (input: unknown): Result<PreparedOperation, AwsError> => {
    const parsed = schema.safeParse(input, { reportInput: true });
    return parsed.success ? ok((cloud, call) => step(cloud, parsed.data, call)) : refuse(parsed.error.issues);
  };
  const run: Operation['run'] = (cloud, input, call) => {
    const prepared = prepare(input);
    return prepared.ok ? prepared.value(cloud, call) : prepared;
  };
  return { name, readOnly: false, prepare, run };
};

/** How a service refuses input that breaks its constraints. */
export type Refuse = (issues: readonly z.core.$ZodIssue[]) => Result<never, AwsError>;

const refuseAsSts: Refuse = (issues) => awsError('ValidationError', validationMessage(issues));

/** IAM no longer repeats the values that it refuses. */
const refuseAsIam: Refuse = (issues) => awsError('ValidationError', validationMessage(issues, { values: false }));
