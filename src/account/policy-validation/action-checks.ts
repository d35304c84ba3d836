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

const checkAction = (action: LocatedText, { reference, report }: Validation): void => {
  const { text } = action;
  if (/^\*+(?::\*+)?$/.test(text)) return;
  const service = text.slice(0, Math.max(text.indexOf(':'), 0));
  if (/[*?]/.test(service)) report('WILDCARD_IN_SERVICE_NAME', [action]);
  else if (!isService(service, reference)) {
    const meant = nearest(service.toLowerCase(), [...servicesOf(reference)]);
    report('INVALID_SERVICE_IN_ACTION', [action], { service: text, meant: meantText(meant) });
  } else if (!/^[^:]*:[A-Za-z0-9*?_-]+$/.test(text) || isEmpty(reference.touchActions([text]))) {
    report('INVALID_ACTION', [action], { action: text, meant: meantText(meantAction(text, reference)) });
  } else if (isUnknownAction(text, reference)) {
    report('INVALID_ACTION', [action], { action: text, meant: meantText(meantAction(text, reference)) });
  }
};

/** Whether a pattern of a known service matches none of its known actions. */
const isUnknownAction = (text: string, reference: ServiceReference): boolean =>
  !/:\*+$/.test(text) && isEmpty(reference.matchActions([text]));

const meantText = (meant: string | null): string => (meant === null ? '' : ` Did you mean ${meant}?`);

const meantAction = (text: string, { names }: ServiceReference): string | null => {
  if (/[*?]/.test(text)) return null;
  const own = `${text.slice(0, text.indexOf(':')).toLowerCase()}:`;
  return nearest(
    text.toLowerCase(),
    names.filter((name) => name.toLowerCase().startsWith(own)),
  );
};

/** The one that is at most two letters away; null where there is none. */
const nearest = (text: string, candidates: readonly string[]): string | null => {
  const within = (distance: number) =>
    candidates.find((candidate) => editDistance(candidate.toLowerCase(), text, distance) <= distance);
  // Short names are all near each other.
  return text.length < 5 ? null : (within(1) ?? within(2) ?? null);
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
