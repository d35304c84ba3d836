import { isJsonObject } from '../../../kernel/json.ts';
import type { IdentityState } from '../../identity-center-state.ts';

/**
 * A user or group with an attribute changed, or taken away where no value is given. A path is as `displayName` or
 * `name.givenName`. Source: `AttributeOperation`, Identity Store API Reference.
 */
export const withChangedAttributes = (
  identity: IdentityState,
  { AttributePath: path, AttributeValue: value }: { readonly AttributePath: string; readonly AttributeValue?: unknown },
): IdentityState => {
  const steps = path.split('.').map((step) => step.charAt(0).toUpperCase() + step.slice(1));
  const [first = ''] = steps;
  const text = typeof value === 'string' ? value : null;
  const isName = first === (identity.type === 'USER' ? 'UserName' : 'DisplayName');
  if (isName) return text === null ? identity : { ...identity, name: text };
  if (first === 'DisplayName') return { ...identity, displayName: text };
  const attributes = changed(identity.attributes, steps, value);
  return { ...identity, attributes: isJsonObject(attributes) ? attributes : {} };
};

const changed = (before: unknown, [step, ...rest]: readonly string[], value: unknown): unknown => {
  if (step === undefined) return value;
  const members = new Map(isJsonObject(before) ? Object.entries<unknown>(before) : []);
  const after = changed(members.get(step), rest, value);
  if (after === undefined || after === null) members.delete(step);
  else members.set(step, after);
  return Object.fromEntries(members);
};
