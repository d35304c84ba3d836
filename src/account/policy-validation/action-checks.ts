import { editDistance } from '../../kernel/edit-distance.ts';
import { isEmpty } from '../../reference/bitset.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import { redundantItems } from './redundant.ts';
import { type LocatedText, type StatementNode, textsOf, type Validation } from './statement-node.ts';

/** Checks the actions of a statement. */
export const checkActions = ({ element }: StatementNode, validation: Validation): void => {
  for (const name of ['Action', 'NotAction']) {
    const actions = textsOf(element(name));
    for (const action of actions) checkAction(action, validation);
    const redundant = redundantItems(actions, ({ text }) => text.toLowerCase());
    const [example] = redundant;
    if (example === undefined) continue;
    const values = { count: String(redundant.length), example: example.text };
    validation.report('REDUNDANT_ACTION', redundant, values);
  }
};

const checkAction = (action: LocatedText, { reference, report, budget }: Validation): void => {
  const { text } = action;
  if (/^\*+(?::\*+)?$/.test(text)) return;
  const service = text.slice(0, Math.max(text.indexOf(':'), 0));
  if (/[*?]/.test(service)) report('WILDCARD_IN_SERVICE_NAME', [action]);
  else if (!isService(service, reference)) {
    const meant = nearest(service.toLowerCase(), [...servicesOf(reference)], budget);
    report('INVALID_SERVICE_IN_ACTION', [action], { service: text, meant: meantText(meant) });
  } else if (!/^[^:]*:[A-Za-z0-9*?_-]+$/.test(text) || isUnknownAction(text, reference)) {
    report('INVALID_ACTION', [action], { action: text, meant: meantText(meantAction(text, reference, budget)) });
  }
};

/** Whether a pattern of a known service matches none of its known actions. */
const isUnknownAction = (text: string, reference: ServiceReference): boolean =>
  !/:\*+$/.test(text) && isEmpty(reference.matchActions([text]));

const meantText = (meant: string | null): string => (meant === null ? '' : ` Did you mean ${meant}?`);

const meantAction = (text: string, { names }: ServiceReference, budget: Validation['budget']): string | null => {
  if (/[*?]/.test(text) || budget.left <= 0) return null;
  budget.left -= names.length * 10;
  const own = `${text.slice(0, text.indexOf(':')).toLowerCase()}:`;
  const candidates = names.filter((name) => name.toLowerCase().startsWith(own));
  return nearest(text.toLowerCase(), candidates, budget);
};

/** The one that is at most two letters away; null where there is none, or where enough was compared. */
const nearest = (text: string, candidates: readonly string[], budget: Validation['budget']): string | null => {
  // Short names are all near each other.
  if (text.length < 5 || budget.left <= 0) return null;
  const near = candidates.filter(({ length }) => Math.abs(length - text.length) <= 2);
  budget.left -= candidates.length + near.length * text.length ** 2;
  const within = (distance: number) =>
    near.find((candidate) => editDistance(candidate.toLowerCase(), text, distance) <= distance);
  return within(1) ?? within(2) ?? null;
};

/** Whether a service has that prefix in its actions, whatever the case of its letters. */
export const isService = (service: string, reference: ServiceReference): boolean =>
  servicesOf(reference).has(service.toLowerCase());

const services = new WeakMap<ServiceReference, ReadonlySet<string>>();

const servicesOf = (reference: ServiceReference): ReadonlySet<string> => {
  let known = services.get(reference);
  if (known === undefined) {
    known = new Set(reference.names.map((name) => name.slice(0, name.indexOf(':')).toLowerCase()));
    services.set(reference, known);
  }
  return known;
};
