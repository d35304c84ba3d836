import { compileWildcard, type Matcher } from '../../iam/wildcard.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { Ask } from './escalation-method.ts';
import type { SearchContext } from './search-context.ts';

/** A type of resource that an action names. */
export interface AskedType {
  /** `lambda function` */
  readonly name: string;
  /** The ARNs of such resources of the account, wherever they are, one pattern for each of their forms. */
  readonly patterns: readonly string[];
  readonly matches: Matcher;
  /** The name that whoever may choose would give to a new one, and patterns of others, the likelier first. */
  readonly preferred: string;
  readonly others: readonly string[];
  readonly isRegional: boolean;
}

interface KnownTypes {
  readonly place: string;
  readonly types: Map<string, readonly AskedType[]>;
}

/** Those of the account that was asked about last: a process may go through thousands. */
const known = new WeakMap<ServiceReference, KnownTypes>();

/** The types of resource that a request names: those that it needs, or the one that it asks for. Of the same request the same ones. */
export const askedTypes = (
  { action, type }: Ask,
  { reference, account }: Pick<SearchContext, 'reference' | 'account'>,
): readonly AskedType[] => {
  const place = `${account.partition} ${account.accountId}`;
  const last = known.get(reference);
  const { types } = last?.place === place ? last : { types: new Map<string, readonly AskedType[]>() };
  if (types !== last?.types) known.set(reference, { place, types });
  const key = `${action} ${type}`;
  const found = types.get(key) ?? findTypes(action, type, reference, account);
  types.set(key, found);
  return found;
};

const findTypes = (
  action: string,
  type: string | undefined,
  reference: ServiceReference,
  account: SearchContext['account'],
): readonly AskedType[] => {
  const described = reference.describeAction(action)?.resourceTypes ?? [];
  const asked = described.filter(
    ({ name, required, arnPattern }) => arnPattern !== '' && (type === undefined ? required : name === type),
  );
  const names = [...new Set(asked.map(({ name }) => name))];
  return names.map((name) =>
    toAskedType(
      asked.filter((each) => each.name === name).flatMap(({ arnPattern }) => formsOf(arnPattern)),
      account,
    ),
  );
};

/** Documents that everybody may run belong to no account. */
const formsOf = (arnPattern: string): readonly string[] =>
  arnPattern.includes(':ssm:') && arnPattern.includes(':document/')
    ? [arnPattern, arnPattern.replace('${Account}', '').replace('${DocumentName}', 'AWS-RunShellScript')]
    : [arnPattern];

const toAskedType = (forms: readonly string[], { partition, accountId }: SearchContext['account']): AskedType => {
  const fill = (form: string, region: string, name: string): string =>
    form
      .replace('${Partition}', partition)
      .replace('${Account}', accountId)
      .replace('${Region}', region)
      .replaceAll(/\$\{\w+\}/g, name);
  const [form = ''] = forms;
  const [, , service = '', , , ...rest] = form.split(':');
  const patterns = forms.map((each) => fill(each, '*', '*'));
  const fitting = patterns.map(compileWildcard);
  return {
    name: `${service} ${/^[^:/$]*/.exec(rest.join(':'))?.[0] ?? ''}`.trim(),
    patterns,
    matches: (arn) => fitting.some((matches) => matches(arn)),
    preferred: fill(form, HOME_REGIONS.get(partition) ?? 'us-east-1', 'new'),
    others: forms.flatMap((each) => ['*new', '?*'].map((name) => fill(each, '*', name))),
    isRegional: form.includes('${Region}'),
  };
};

/** Where an attacker who may choose would call: the partition's first region, which is us-east-1 for most. */
const HOME_REGIONS: ReadonlyMap<string, string> = new Map([
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);
