import type { Result } from '../../kernel/result.ts';
import type { AwsService, OperationShape } from './aws-service.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { HttpRequest } from './http-request.ts';
import type { FormNode } from './query-form.ts';
import type { UriLabels } from './uri-pattern.ts';
import type { WireProblem } from './wire-problem.ts';

/** One of AWS's protocols, seen from the server. */
export interface Protocol {
  /** The input of a call, in the members of the operation's input shape. */
  readonly decode: (call: WireCall) => Result<unknown, WireProblem>;
  /** The answer of an operation. */
  readonly answer: (call: WireCall, answer: unknown, requestId: string) => HttpAnswer;
  /** A refusal, in the words of a service where it is one's. */
  readonly refusal: (service: AwsService | null, problem: WireProblem, requestId: string) => HttpAnswer;
}

/** A call of an operation, not yet decoded. */
export interface WireCall {
  readonly service: AwsService;
  readonly action: string;
  readonly shapes: OperationShape;
  readonly http: HttpRequest;
  /** Its parameters as a tree: those of AWS Query. */
  readonly form: FormNode;
  /** What the path gives. */
  readonly labels: UriLabels;
}
