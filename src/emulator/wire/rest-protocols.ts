import { epochMillis, parseInstant } from '../../kernel/time.ts';
import { decodeJson } from './json-decode.ts';
import { encodeJson } from './json-encode.ts';
import { errorMembers } from './json-protocol.ts';
import type { Protocol, WireCall } from './protocol.ts';
import { decodeRest } from './rest-decode.ts';
import type { StructureShape } from './shape.ts';
import { decodeXml } from './xml-decode.ts';
import { encodeBareError, encodeDocument } from './xml-encode.ts';

/** All of HTTP is used, bodies are JSON. Source: Smithy, "AWS restJson1 protocol". */
export const restJsonProtocol: Protocol = {
  decode: (call) => decodeRest(call, decodeJson),
  answer: (call, answer) => ({
    status: statusOf(call, answer),
    contentType: 'application/json',
    headers: headersOf(call.shapes.output, answer),
    body: JSON.stringify(encodeJson(bodyShape(call.shapes.output), answer)),
  }),
  refusal: (service, problem) => ({
    status: problem.status,
    contentType: 'application/json',
    headers: { 'x-amzn-errortype': service?.errors.get(problem.code)?.name ?? problem.code },
    body: JSON.stringify(errorMembers(service, problem)),
  }),
};

/** All of HTTP is used, bodies are XML: S3's protocol. Source: Smithy, "AWS restXml protocol". */
export const restXmlProtocol: Protocol = {
  decode: (call) => decodeRest(call, decodeXml),
  answer: (call, answer) => {
    const { output } = call.shapes;
    const payload = output.members.find(({ binding }) => binding.in === 'payload');
    const members = isRecord(answer) ? answer : {};
    return {
      status: statusOf(call, answer),
      contentType: payload?.shape.kind === 'string' ? 'application/json' : 'application/xml',
      headers: headersOf(output, answer),
      body: xmlBody(call, members),
    };
  },
  refusal: (_, problem, requestId) => ({
    status: problem.status,
    contentType: 'application/xml',
    body: encodeBareError(problem, requestId),
  }),
};

const xmlBody = ({ service, action, shapes }: WireCall, answer: Readonly<Record<string, unknown>>): string => {
  const { output } = shapes;
  const payload = output.members.find(({ binding }) => binding.in === 'payload');
  if (payload === undefined) {
    const body = bodyShape(output);
    // The one answer of S3 whose element is the value of its only member: "s3UnwrappedXmlOutput trait".
    const unwrapped = action === 'GetBucketLocation' ? output.members[0] : undefined;
    return body.members.length === 0 ? '' : encodeDocument(body, answer, service.xmlNamespace, unwrapped);
  }
  const value = answer[payload.name];
  if (value === undefined || value === null) return '';
  return payload.shape.kind === 'structure'
    ? encodeDocument({ ...payload.shape, elementName: payload.wireName }, value, service.xmlNamespace)
    : String(value);
};

const bodyShape = (output: StructureShape): StructureShape => ({
  kind: 'structure',
  elementName: output.elementName,
  members: output.members.filter(({ binding }) => binding.in === 'body'),
});

const statusOf = ({ shapes }: WireCall, answer: unknown): number => {
  const member = shapes.output.members.find(({ binding }) => binding.in === 'statusCode');
  const status = member === undefined || !isRecord(answer) ? undefined : answer[member.name];
  return typeof status === 'number' ? status : (shapes.http?.status ?? 200);
};

const headersOf = (output: StructureShape, answer: unknown): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {};
  if (!isRecord(answer)) return headers;
  for (const { name, binding, shape } of output.members) {
    const value = answer[name];
    if (binding.in === 'header' && value !== undefined && value !== null) {
      headers[binding.name] = shape.kind === 'timestamp' ? httpDate(String(value)) : String(value);
    }
  }
  return headers;
};

const httpDate = (text: string): string => {
  const instant = parseInstant(text);
  return instant.ok ? new Date(epochMillis(instant.value)).toUTCString() : text;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
