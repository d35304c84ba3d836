import { isJsonObject, type JsonObject, type JsonValue, jsonPointer } from '../kernel/json.ts';
import { quote, type Report } from './element-values.ts';
import { parseConditions } from './parse-conditions.ts';
import { ACTION, parsePatterns, RESOURCE } from './parse-patterns.ts';
import { parsePrincipal } from './parse-principal.ts';
import type { PolicyProblem, Statement } from './policy-document.ts';

/** A statement as read: null when AWS would refuse it, and then each problem carries its effect. */
interface ParsedStatement {
  readonly statement: Statement | null;
  readonly problems: readonly PolicyProblem[];
}

const ELEMENTS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Reads one statement of a policy document and reports everything wrong with it. */
export const parseStatement = (value: JsonValue | undefined, index: number, pointer: string): ParsedStatement => {
  if (!isJsonObject(value)) {
    const problem = { pointer, message: 'the statement is no JSON object', skippedEffect: 'unknown' } as const;
    return { statement: null, problems: [problem] };
  }
  const found: { readonly pointer: string; readonly message: string }[] = [];
  const report: Report = (at, message) => found.push({ pointer: at, message });

  for (const element of Object.keys(value)) {
    if (!ELEMENTS.includes(element)) report(jsonPointer(pointer, element), `unknown element ${quote(element)}`);
  }
  const effect = parseEffect(value, pointer, report);
  const sid = parseSid(value, pointer, report);
  const principal = parsePrincipal(value, pointer, report);
  const before = found.length;
  const action = parsePatterns(value, pointer, ACTION, report);
  const skippedAction = action !== null && found.length === before ? { skippedAction: action } : {};
  const resource = parsePatterns(value, pointer, RESOURCE, report);
  const conditions = parseConditions(value['Condition'], `${pointer}/Condition`, report);

  if (found.length === 0 && effect !== null && action !== null) {
    return { statement: { index, pointer, sid, effect, principal, action, resource, conditions }, problems: [] };
  }
  const skippedEffect = effect ?? intendedEffect(value);
  return { statement: null, problems: found.map((problem) => ({ ...problem, skippedEffect, ...skippedAction })) };
};

const parseEffect = (statement: JsonObject, pointer: string, report: Report): Statement['effect'] | null => {
  const effect = statement['Effect'];
  if (effect === 'Allow' || effect === 'Deny') return effect;
  if (effect === undefined) report(pointer, 'the statement has no `Effect`');
  else report(`${pointer}/Effect`, `effect ${quote(effect)} is neither \`Allow\` nor \`Deny\``);
  return null;
};

/** `allow` is refused, but whoever wrote it meant no Deny. */
const intendedEffect = (statement: JsonObject): 'Allow' | 'Deny' | 'unknown' => {
  const effect = statement['Effect'];
  const text = typeof effect === 'string' ? effect.trim().toLowerCase() : '';
  return text === 'allow' ? 'Allow' : text === 'deny' ? 'Deny' : 'unknown';
};

const parseSid = (statement: JsonObject, pointer: string, report: Report): string | null => {
  const sid = statement['Sid'];
  if (sid === undefined || typeof sid === 'string') return sid ?? null;
  report(`${pointer}/Sid`, `\`Sid\` ${quote(sid)} is no text`);
  return null;
};
