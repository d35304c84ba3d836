import { err, type Result } from '../../kernel/result.ts';

/** Why a request cannot be understood, as AWS answers it before any operation runs. */
export interface WireProblem {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** Further members of the error, such as `Reason`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A request that cannot be understood. Source of codes: "Common errors", IAM API reference. */
export const wireProblem = (code: string, status: number, message: string): Result<never, WireProblem> =>
  err({ code, status, message });
