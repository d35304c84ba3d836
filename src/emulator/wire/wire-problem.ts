import { err, type Result } from '../../kernel/result.ts';

/** Why a request cannot be understood, as AWS answers it before any operation runs. */
export interface WireProblem {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** Whether the client speaks one of AWS's JSON protocols; AWS Query otherwise. */
  readonly inJson?: boolean;
}

/** A request that cannot be understood. Source of codes: "Common errors", IAM API reference. */
export const wireProblem = (code: string, status: number, message: string): Result<never, WireProblem> =>
  err({ code, status, message });
