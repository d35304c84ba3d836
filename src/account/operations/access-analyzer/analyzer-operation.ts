import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import type { AccountState } from '../../account-state.ts';
import type { AnalyzerState } from '../../analyzer-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { Answer, Refuse } from '../../operation.ts';
import { cutPage, wholeList } from '../page.ts';
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

/** An analyzer, by its ARN. */
export const ofAnalyzerArn = z.object({
  analyzerArn: z.string().regex(/^[^:]*:[^:]*:[^:]*:[^:]*:[^:]*:analyzer\/.{1,255}$/),
});

/** The paging members of an input. */
export const paging = z.object({ maxResults: z.int().min(1).default(100), nextToken: z.string().optional() });

/** One page of a list that is held whole, under its name in the answer; AWS gives at most 100 items. */
export const pageOf = (
  operation: string,
  member: string,
  items: readonly unknown[],
  { maxResults, nextToken }: z.output<typeof paging>,
): Result<Answer, AwsError> => {
  const cut = cutPage(operation, nextToken, Math.min(maxResults, 100), wholeList(items));
  return cut === null ? INVALID_TOKEN : ok({ [member]: cut.items, nextToken: cut.next });
};

/** Why a token is refused. */
export const INVALID_TOKEN = awsError('ValidationException', 'Invalid nextToken', {
  reason: 'fieldValidationFailed',
});

/** Why something is refused that analyzers of a type do not do. */
export const WRONG_TYPE = awsError(
  'ValidationException',
  'Operation is not supported for the requested Analyzer Type',
  { reason: 'notSupported' },
);

/** Whether an analyzer tells of access from outside. */
export const isExternal = ({ type }: AnalyzerState): boolean => type === 'ACCOUNT' || type === 'ORGANIZATION';

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
