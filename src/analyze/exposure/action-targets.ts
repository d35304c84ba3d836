import { compileWildcard } from '../../iam/wildcard.ts';
import { type CompiledPolicy, requestedAction } from '../../policy/compile-policy.ts';
import type { AccessLevel, ServiceReference } from '../../reference/service-reference.ts';

/** An action that a resource's policy speaks of, and the ARN to ask about: the resource's, or that of a part of it. */
export interface ActionTarget {
  readonly action: string;
  readonly level: AccessLevel;
  readonly arn: string;
}

interface KnownAction {
  readonly name: string;
  readonly level: AccessLevel;
  readonly forms: readonly RegExp[];
}

/**
 * Finds what can be asked about a resource: each action of its service that a statement of its policy allows, on the
 * resource or on a part of it (an object, an index) that the policy speaks of, as far as the action works on such.
 */
export const createTargetFinder = (
  reference: ServiceReference,
): ((arn: string, policy: CompiledPolicy) => readonly ActionTarget[]) => {
  const byService = new Map<string, readonly KnownAction[]>();
  const actionsOf = (service: string): readonly KnownAction[] => {
    let actions = byService.get(service);
    if (actions === undefined) {
      actions = reference.names.filter((name) => name.startsWith(`${service}:`)).map((name) => describe(name));
      byService.set(service, actions);
    }
    return actions;
  };
  const describe = (name: string): KnownAction => {
    const description = reference.describeAction(name);
    return {
      name,
      level: description?.accessLevel ?? 'Write',
      forms: (description?.resourceTypes ?? []).map(({ arnPattern }) => toForm(arnPattern)),
    };
  };
  return (arn, policy) => {
    const [, , service = ''] = arn.split(':', 3);
    const allowed = actionsOf(service).filter(({ name, forms }) => {
      const action = requestedAction(reference, name);
      return forms.length > 0 && policy.allows.some(({ actions }) => actions.matches(action));
    });
    const arns = partsOf(arn, policy);
    return allowed.flatMap(({ name, level, forms }) =>
      arns.filter((each) => forms.some((form) => form.test(each))).map((each) => ({ action: name, level, arn: each })),
    );
  };
};

/** The resource, some part of it, and the parts that patterns of the policy mean. */
const partsOf = (arn: string, { document }: CompiledPolicy): readonly string[] => {
  const some = [arn, `${arn}/anything`];
  const patterns = document.statements.flatMap(({ resource }) => resource?.patterns ?? []);
  const meant = patterns
    .filter((pattern) => !pattern.includes('${') && !compileWildcard(pattern)(`${arn}/anything`))
    .map((pattern) => pattern.replaceAll('*', 'anything').replaceAll('?', 'x'))
    .filter((pattern) => pattern.startsWith(`${arn}/`) || pattern.startsWith(`${arn}:`));
  return [...new Set([...some, ...meant])];
};

/** What ARNs of a type look like. The last name of one may hold slashes, but for a bucket's. */
const toForm = (arnPattern: string): RegExp => {
  const pieces = arnPattern.split(/\$\{\w+\}/);
  const last = pieces.length - 2;
  const source = pieces.map((piece, at) => {
    const name = at < last || piece.endsWith(':::') ? '[^/:]+' : piece.endsWith('/') ? '.+' : '[^:]+';
    return escapeText(piece) + (at <= last ? name : '');
  });
  return new RegExp(`^${source.join('')}$`, 's');
};

const escapeText = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
