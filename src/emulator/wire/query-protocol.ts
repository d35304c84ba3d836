import type { Protocol } from './protocol.ts';
import { decodeQuery } from './query-decode.ts';
import { encodeError, encodeResult } from './xml-encode.ts';

/** The namespace of errors that belong to no service. */
const COMMON_NAMESPACE = 'http://webservices.amazon.com/AWSFault/2005-15-09';

const xml = (status: number, body: string) => ({ status, contentType: 'text/xml', body });

/** Forms are asked, XML answers. Source: Smithy, "AWS query protocol". */
export const queryProtocol: Protocol = {
  decode: ({ shapes, form }) => decodeQuery(shapes.input, form),
  answer: ({ service, action, shapes }, answer, requestId) =>
    xml(200, encodeResult(action, service.xmlNamespace, shapes.output, answer, requestId)),
  refusal: (service, problem, requestId) => {
    const code = service?.errors.get(problem.code)?.queryCode ?? problem.code;
    return xml(problem.status, encodeError(service?.xmlNamespace ?? COMMON_NAMESPACE, { ...problem, code }, requestId));
  },
};
