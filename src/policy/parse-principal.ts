import { isJsonObject, type JsonObject, type JsonValue, jsonPointer } from '../kernel/json.ts';
import { parseTexts, quote, type Report } from './element-values.ts';
import type { PrincipalElement } from './policy-document.ts';

const KINDS = { AWS: 'aws', Service: 'service', Federated: 'federated', CanonicalUser: 'canonicalUser' } as const;

/** Reads the `Principal` or `NotPrincipal` of a statement; null where it has neither. */
export const parsePrincipal = (statement: JsonObject, pointer: string, report: Report): PrincipalElement | null => {
  const hasPrincipal = Object.hasOwn(statement, 'Principal');
  const hasNotPrincipal = Object.hasOwn(statement, 'NotPrincipal');
  if (!hasPrincipal && !hasNotPrincipal) return null;
  if (hasPrincipal && hasNotPrincipal) report(pointer, 'the statement has both `Principal` and `NotPrincipal`');
  const element = hasPrincipal ? 'Principal' : 'NotPrincipal';
  const at = `${pointer}/${element}`;
  const names = parseNames(statement[element], at, report);
  return { kind: hasPrincipal ? 'principal' : 'notPrincipal', ...names };
};

type Names = Omit<PrincipalElement, 'kind'>;

const NOBODY: Names = { aws: [], service: [], federated: [], canonicalUser: [] };

const parseNames = (value: JsonValue | undefined, pointer: string, report: Report): Names => {
  // `"*"` and `{"AWS": "*"}` mean the same (IAM User Guide, "AWS JSON policy elements: Principal").
  if (value === '*') return { ...NOBODY, aws: ['*'] };
  if (!isJsonObject(value)) {
    report(pointer, `the principal ${quote(value ?? null)} is neither \`*\` nor a JSON object`);
    return NOBODY;
  }
  let names = NOBODY;
  for (const [kind, listed] of Object.entries(value)) {
    const at = jsonPointer(pointer, kind);
    const member = isKind(kind) ? KINDS[kind] : null;
    if (member === null) report(at, `unknown kind of principal ${quote(kind)}`);
    else names = { ...names, [member]: parseTexts(listed, at, report) };
  }
  return names;
};

const isKind = (text: string): text is keyof typeof KINDS => Object.hasOwn(KINDS, text);
