import { ok, type Result } from '../../kernel/result.ts';
import { type WireProblem, wireProblem } from './wire-problem.ts';

/** The parameters of a form as a tree: `Tags.member.1.Key=a` is the value of Key under 1 under member under Tags. */
export interface FormNode {
  readonly value: string | undefined;
  readonly children: ReadonlyMap<string, FormNode>;
}

/** No input shape of the services served here nests deeper than some ten steps, or takes more than some hundred values. */
const MAX_STEPS = 32;
const MAX_PARAMETERS = 5000;

/** Reads `application/x-www-form-urlencoded` text as a tree. Of two parameters with one name the first counts. */
export const parseForm = (text: string): Result<FormNode, WireProblem> => {
  const root = emptyNode();
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > MAX_PARAMETERS) return malformed('there are too many parameters');
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = decoded(equals < 0 ? '' : pair.slice(equals + 1));
    if (name === undefined || value === undefined) return malformed('a parameter is not valid percent-encoded UTF-8');
    const steps = name.split('.');
    if (steps.length > MAX_STEPS) return malformed('a parameter is nested too deeply');
    let node = root;
    for (const step of steps) node = childOf(node, step);
    node.value ??= value;
  }
  return ok(root);
};

interface MutableNode {
  value: string | undefined;
  readonly children: Map<string, MutableNode>;
}

const emptyNode = (): MutableNode => ({ value: undefined, children: new Map() });

const childOf = (node: MutableNode, step: string): MutableNode => {
  const child = node.children.get(step) ?? emptyNode();
  node.children.set(step, child);
  return child;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

const malformed = (reason: string): Result<never, WireProblem> =>
  wireProblem('MalformedQueryString', 400, `The query string contains a syntax error: ${reason}.`);
