import type { AwsService } from './aws-service.ts';
import { decodeJson } from './json-decode.ts';
import { encodeJson } from './json-encode.ts';
import type { Protocol } from './protocol.ts';
import type { WireProblem } from './wire-problem.ts';

/**
 * AWS JSON 1.0 and 1.1: the operation stands in a header, input and output are the bodies. All that is the client's fault
 * has status 400, whatever the model says.
 */
export const jsonProtocol: Protocol = {
  decode: ({ shapes, http }) => decodeJson(shapes.input, http.body),
  answer: ({ service, shapes }, answer) => ({
    status: 200,
    contentType: contentTypeOf(service),
    body: shapes.output.elementName === '' ? '' : JSON.stringify(encodeJson(shapes.output, answer)),
  }),
  refusal: (service, problem) => {
    const known = service?.errors.get(problem.code);
    const type = `${known === undefined ? '' : (service?.errorNamespace ?? '')}${known?.name ?? problem.code}`;
    const status = problem.status < 500 ? 400 : 500;
    return {
      status,
      contentType: contentTypeOf(service),
      headers: queryErrorHeader(service, problem),
      body: JSON.stringify({ __type: type, ...errorMembers(service, problem) }),
    };
  },
};

const contentTypeOf = (service: AwsService | null): string => `application/x-amz-json-${service?.jsonVersion ?? '1.1'}`;

/** The members of an error, its message under the name that the model of the service gives it. */
export const errorMembers = (service: AwsService | null, problem: WireProblem): Readonly<Record<string, unknown>> => {
  const shape = service?.errors.get(problem.code)?.shape;
  const messageName = shape?.members.find(({ name }) => name.toLowerCase() === 'message')?.name ?? 'message';
  const members = { ...problem.members, [messageName]: problem.message };
  return shape === undefined ? members : { ...members, ...encodeJson(shape, members) };
};

/** Services that once spoke AWS Query tell the code that they had there. Source: Smithy, "awsQueryCompatible trait". */
const queryErrorHeader = (
  service: AwsService | null,
  { code, status }: WireProblem,
): Readonly<Record<string, string>> => {
  const known = service?.errors.get(code);
  // The models of others name such codes too (KMS), and botocore would believe the header.
  const spokeQuery = service !== null && service.xmlNamespace !== '';
  if (!spokeQuery || known === undefined || known.queryCode === known.name) return {};
  return { 'x-amzn-query-error': `${known.queryCode};${status < 500 ? 'Sender' : 'Receiver'}` };
};
