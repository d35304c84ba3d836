import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import type { AccountState } from '../../account-state.ts';
import type { AnalyzerState } from '../../analyzer-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { Refuse } from '../../operation.ts';
import { validationMessage } from '../validation-message.ts';

/** Refuses input that breaks the model's constraints. */
export const refuse: Refuse = (issues) =>
  awsError('ValidationException', validationMessage(issues), {
    reason: 'fieldValidationFailed',
    fieldList: issues.map(({ path, message }) => ({ name: path.map(String).join('.'), message })),
  });

/** The name of an analyzer or an archive rule. */
export const name = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[A-Za-z][A-Za-z0-9_.-]*$/);

const values = z.array(z.string()).min(1).max(20).optional();

/** Criteria by property of findings. */
export const filterInput = z.record(
  z.string(),
  z.object({ eq: values, neq: values, contains: values, exists: z.boolean().optional() }),
);

/** What stands for an analyzer in the account's map. */
export const analyzerKey = (region: string, analyzerName: string): string => `${region}\0${analyzerName}`;

/** Why an analyzer, or something that one should have, is not there. */
export const noSuch = (id: string, type: string): Result<never, AwsError> =>
  awsError('ResourceNotFoundException', `The specified ${type} does not exist.`, {
    resourceId: id,
    resourceType: type,
  });

/** An analyzer by its name or ARN, or AWS's refusal. */
export const findAnalyzer = (state: AccountState, text: string, { region }: Call): Result<AnalyzerState, AwsError> => {
  const analyzerName = text.slice(text.lastIndexOf('/') + 1);
  const analyzer = state.analyzers.get(analyzerKey(region, analyzerName));
  return analyzer === undefined || (text.startsWith('arn:') && analyzer.arn !== text)
    ? noSuch(text, 'analyzer')
    : ok(analyzer);
};

/** The account with an analyzer added or replaced. */
export const withAnalyzer = (state: AccountState, analyzer: AnalyzerState): AccountState => ({
  ...state,
  analyzers: state.analyzers.set(analyzerKey(analyzer.region, analyzer.name), analyzer),
});
