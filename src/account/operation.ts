import type { z } from 'zod';
import { ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import type { AccountState } from './account-state.ts';
import { type AwsError, awsError } from './aws-error.ts';
import { validationMessage } from './operations/validation-message.ts';

/** Who makes a call. */
export type Caller = { readonly kind: 'root' } | { readonly kind: 'user'; readonly nameKey: string };

/** The circumstances of a call. */
export interface Call {
  readonly caller: Caller;
  readonly now: Instant;
}

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

/** One API operation as a pure step: the account and a call give the account after it and the answer, or a refusal. */
export interface Operation {
  /** As an IAM action: `iam:GetUser`. */
  readonly name: string;
  /** Runs the operation on input in the members of AWS's input shape; input that breaks a constraint is refused. */
  run(state: AccountState, input: unknown, call: Call): Result<Outcome, AwsError>;
}

/** Defines an operation. `schema` holds AWS's constraints on the input; `step` is the effect. */
export const operation = <Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  step: (state: AccountState, input: z.output<Schema>, call: Call) => Result<Outcome, AwsError>,
): Operation => ({
  name,
  run: (state, input, call) => {
    const parsed = schema.safeParse(input, { reportInput: true });
    return parsed.success
      ? step(state, parsed.data, call)
      : awsError('ValidationError', validationMessage(parsed.error.issues));
  },
});

/** Defines an operation that leaves the account as it is. */
export const readOperation = <Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  read: (state: AccountState, input: z.output<Schema>, call: Call) => Result<Answer, AwsError>,
): Operation =>
  operation(name, schema, (state, input, call) => {
    const answer = read(state, input, call);
    return answer.ok ? ok({ state, answer: answer.value }) : answer;
  });
