import { ok, type Result } from '../../kernel/result.ts';
import { type HttpRequest, headerOf } from './http-request.ts';
import { serializationProblem } from './json-decode.ts';
import type { WireCall } from './protocol.ts';
import { decodeText } from './query-decode.ts';
import type { Member, Shape, StructureShape } from './shape.ts';
import type { WireProblem } from './wire-problem.ts';

/** How a protocol reads the body, or the one member that is the body, of a request. */
export type BodyDecoder = (shape: StructureShape, text: string) => Result<Record<string, unknown>, WireProblem>;

/** Decodes a request whose input is spread over path, query, headers and body. Source: Smithy, "HTTP bindings". */
export const decodeRest = (call: WireCall, decodeBody: BodyDecoder): Result<unknown, WireProblem> => {
  const { input } = call.shapes;
  const query = new URLSearchParams(call.http.query);
  const value: Record<string, unknown> = {};
  for (const member of input.members) {
    const texts = textsOf(member, call, query);
    if (texts === undefined || texts.length === 0) continue;
    const decoded = decodeTexts(member.shape, texts);
    if (decoded === undefined) return serializationProblem(`The value of ${member.name} cannot be read`);
    value[member.name] = decoded;
  }
  const body = decodePayload(input, call.http, decodeBody);
  return body.ok ? ok({ ...value, ...body.value }) : body;
};

const textsOf = (
  { binding }: Member,
  { http, labels }: WireCall,
  query: URLSearchParams,
): readonly string[] | undefined => {
  switch (binding.in) {
    case 'label':
      return [labels.get(binding.name)].filter((text) => text !== undefined);
    case 'query':
      return query.getAll(binding.name);
    case 'header':
      return [headerOf(http, binding.name)].filter((text) => text !== undefined);
    default:
      return undefined;
  }
};

const decodeTexts = (shape: Shape, texts: readonly string[]): unknown => {
  if (shape.kind === 'list') {
    const items = texts.map((text) => decodeTexts(shape.item, [text]));
    return items.includes(undefined) ? undefined : items;
  }
  const [text = ''] = texts;
  return shape.kind === 'structure' || shape.kind === 'map' || shape.kind === 'document'
    ? undefined
    : decodeText(shape.kind, text);
};

const decodePayload = (
  input: StructureShape,
  { body: text, rawBody }: HttpRequest,
  decodeBody: BodyDecoder,
): Result<Record<string, unknown>, WireProblem> => {
  const payload = input.members.find(({ binding }) => binding.in === 'payload');
  if (payload === undefined) {
    const members = input.members.filter(({ binding }) => binding.in === 'body');
    return members.length === 0 ? ok({}) : decodeBody({ ...input, members }, text);
  }
  if (text === '') return ok({});
  if (payload.shape.kind === 'blob') return ok({ [payload.name]: new Uint8Array(rawBody) });
  if (payload.shape.kind !== 'structure') return ok({ [payload.name]: decodeTexts(payload.shape, [text]) });
  const decoded = decodeBody(payload.shape, text);
  return decoded.ok ? ok({ [payload.name]: decoded.value }) : decoded;
};
