import { err, type Result } from '../kernel/result.ts';

/** The error codes of AWS that operations answer; the HTTP status of each is AWS's own and known to the server. */
export type AwsErrorCode =
  | 'NoSuchEntity'
  | 'ReportExpired'
  | 'ReportInProgress'
  | 'ReportNotPresent'
  | 'ValidationError';

/** Why AWS would refuse a call. */
export interface AwsError {
  readonly code: AwsErrorCode;
  /** In AWS's words. */
  readonly message: string;
}

/** A refusal. */
export const awsError = (code: AwsErrorCode, message: string): Result<never, AwsError> => err({ code, message });
