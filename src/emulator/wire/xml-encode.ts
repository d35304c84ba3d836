import type { ListShape, MapShape, Member, Shape, StructureShape } from './shape.ts';
import type { WireProblem } from './wire-problem.ts';

/** The answer of an AWS Query operation: its result and the request id. Source: Smithy, "AWS query protocol". */
export const encodeResult = (
  action: string,
  xmlNamespace: string,
  shape: StructureShape,
  answer: unknown,
  requestId: string,
): string => {
  // An output without members is still one (UpdateRole), and botocore fails where its element is missing.
  const result = shape.elementName === '' ? '' : element(`${action}Result`, encode(shape, answer));
  const metadata = element('ResponseMetadata', element('RequestId', escapeText(requestId)));
  return `<${action}Response xmlns="${escapeText(xmlNamespace)}">${result}${metadata}</${action}Response>`;
};

/** The answer of AWS Query to a call that failed; whose fault it was follows from the status. */
export const encodeError = (
  xmlNamespace: string,
  error: { readonly code: string; readonly message: string; readonly status: number },
  requestId: string,
): string => {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const parts =
    element('Type', type) +
    element('Code', escapeText(error.code)) +
    element('Message', escapeText(xmlText(error.message)));
  const body = element('Error', parts) + element('RequestId', escapeText(requestId));
  return `<ErrorResponse xmlns="${escapeText(xmlNamespace)}">${body}</ErrorResponse>`;
};

/** What was sent may stand in the message that refuses it: characters that XML 1.0 has no form for are replaced. */
const xmlText = (text: string): string =>
  text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd');

/** An answer whose one element is an output, or, `unwrapped`, the value of a member of it. Source: Smithy, "restXml". */
export const encodeDocument = (
  shape: StructureShape,
  answer: unknown,
  xmlNamespace: string,
  unwrapped?: Member,
): string => {
  const value = isRecord(answer) && unwrapped !== undefined ? answer[unwrapped.name] : answer;
  const content = value === undefined || value === null ? '' : encode(unwrapped?.shape ?? shape, value);
  const name = shape.elementName;
  return `${XML_DECLARATION}<${name} xmlns="${escapeText(xmlNamespace)}">${content}</${name}>`;
};

/** An error of S3, which stands in no further element. Source: "Error responses", Amazon S3 API Reference. */
export const encodeBareError = ({ code, message, members = {} }: WireProblem, requestId: string): string => {
  const parts = Object.entries({ Code: code, Message: message, ...members, RequestId: requestId, HostId: requestId });
  return `${XML_DECLARATION}${element('Error', parts.map(([name, text]) => element(name, escapeText(xmlText(String(text))))).join(''))}`;
};

const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

const encode = (shape: Shape, value: unknown): string => {
  switch (shape.kind) {
    case 'structure':
      return encodeMembers(shape, value);
    case 'list':
      return isList(value) ? value.map((item) => element(shape.itemName, encode(shape.item, item))).join('') : '';
    case 'map':
      return encodeEntries(shape, value)
        .map((entry) => element('entry', entry))
        .join('');
    case 'blob':
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : '';
    default:
      return escapeText(String(value));
  }
};

const encodeMembers = (shape: StructureShape, value: unknown): string => {
  if (!isRecord(value)) return '';
  let text = '';
  for (const { name, wireName, shape: inner } of shape.members) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member !== undefined && member !== null) text += encodeMember(wireName, inner, member);
  }
  return text;
};

const encodeMember = (name: string, shape: Shape, value: unknown): string => {
  if ((shape.kind === 'list' || shape.kind === 'map') && shape.flattened) return encodeFlattened(name, shape, value);
  return element(name, encode(shape, value));
};

const encodeFlattened = (name: string, shape: ListShape | MapShape, value: unknown): string => {
  const parts =
    shape.kind === 'map'
      ? encodeEntries(shape, value)
      : (isList(value) ? value : []).map((item) => encode(shape.item, item));
  return parts.map((part) => element(name, part)).join('');
};

const encodeEntries = (shape: MapShape, value: unknown): string[] =>
  (isRecord(value) ? Object.entries(value) : []).map(
    ([key, item]) => element(shape.keyName, escapeText(key)) + element(shape.valueName, encode(shape.value, item)),
  );

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Text as XML content. Control characters and line ends go as references: parsers turn a raw CR into LF, and drop white
 * space between elements.
 */
const escapeText = (text: string): string =>
  text.replace(/[&<>"'\p{Cc}\u2028\ufffe\uffff]/gu, (sign) => NAMED[sign] ?? `&#${sign.charCodeAt(0)};`);

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
