import { parseXml, type XmlElement } from '../../account/xml-element.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { decodeText } from './query-decode.ts';
import type { Member, Shape, StructureShape } from './shape.ts';
import type { WireProblem } from './wire-problem.ts';

/** Decodes an XML body to a value of a shape; elements that it does not know are left out. Source: Smithy, "XML binding traits". */
export const decodeXml = (shape: StructureShape, text: string): Result<Record<string, unknown>, WireProblem> => {
  if (text.trim() === '') return ok({});
  const root = parseXml(text);
  const value = root === null ? undefined : decodeStructure(shape, root);
  return value === undefined ? err(MALFORMED) : ok(value);
};

/** S3's words for it. Source: "Error responses", Amazon S3 API Reference. */
const MALFORMED: WireProblem = {
  code: 'MalformedXML',
  status: 400,
  message: 'The XML you provided was not well-formed or did not validate against our published schema',
};

/** Undefined: something in it cannot be read. */
const decode = (shape: Shape, elements: readonly XmlElement[]): unknown => {
  const [element] = elements;
  if (element === undefined) return undefined;
  switch (shape.kind) {
    case 'structure':
      return decodeStructure(shape, element);
    case 'list': {
      const items = shape.flattened ? elements : element.children.filter(({ name }) => name === shape.itemName);
      const values = items.map((item) => decode(shape.item, [item]));
      return values.includes(undefined) ? undefined : values;
    }
    case 'map':
    case 'document':
      return undefined;
    default:
      return decodeText(shape.kind, element.text);
  }
};

const decodeStructure = (shape: StructureShape, element: XmlElement): Record<string, unknown> | undefined => {
  const decoded = shape.members
    .map((member) => ({ member, elements: elementsOf(element, member) }))
    .filter(({ elements }) => elements.length > 0)
    .map(({ member, elements }) => [member.name, decode(member.shape, elements)] as const);
  return decoded.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(decoded);
};

const elementsOf = (element: XmlElement, { wireName }: Member): readonly XmlElement[] =>
  element.children.filter(({ name }) => name === wireName);
