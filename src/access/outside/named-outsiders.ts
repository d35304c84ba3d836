import { arnParts, parseArn } from '../../iam/arn.ts';
import { compareText } from '../../kernel/compare-text.ts';
import type { Condition, PolicyDocument, PrincipalElement } from '../../policy/policy-document.ts';
import { type Outsider, outsiderName } from '../outsider.ts';

/**
 * The outsiders that a resource-based policy tells apart, whether it lets them in or not: those that its principals name,
 * and where it allows everybody, those that its conditions name, or those of the policies that cap it (RCPs). Of other partitions there are none: credentials of one
 * are worth nothing in another ("AWS partitions", AWS General Reference).
 */
export const namedOutsiders = (
  { statements }: PolicyDocument,
  caps: readonly PolicyDocument[],
  owner: { readonly account: string; readonly partition: string },
): readonly Outsider[] => {
  const everybody = statements.some(({ effect, principal }) => effect === 'Allow' && namesEverybody(principal));
  const conditions = [...statements, ...caps.flatMap((cap) => cap.statements)].flatMap((each) => each.conditions);
  const all = [
    ...statements.flatMap(({ principal }) => (principal === null ? [] : inPrincipal(principal, owner.partition))),
    ...(everybody ? conditions.flatMap((condition) => inCondition(condition, owner.partition)) : []),
  ];
  const anybody: readonly Outsider[] = everybody ? EVERYBODY : [];
  const unique = new Map(
    [...anybody, ...all]
      .filter((outsider) => !('account' in outsider) || outsider.account !== owner.account)
      .map((outsider) => [`${outsider.kind} ${outsiderName(outsider)}`, outsider]),
  );
  return [...unique.values()].sort(byKindAndName);
};

const namesEverybody = (principal: PrincipalElement | null): boolean =>
  principal?.kind === 'principal' && principal.aws.includes('*');

const EVERYBODY: readonly Outsider[] = [
  { kind: 'anonymous' },
  { kind: 'anyAccount' },
  { kind: 'service', service: null },
];

const ORDER: readonly Outsider['kind'][] = [
  'anonymous',
  'anyAccount',
  'account',
  'principal',
  'canonicalUser',
  'service',
  'federated',
];

const byKindAndName = (a: Outsider, b: Outsider): number =>
  ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || compareText(outsiderName(a), outsiderName(b));

const inPrincipal = (
  { aws, service, federated, canonicalUser }: PrincipalElement,
  partition: string,
): readonly Outsider[] => [
  ...aws.flatMap((name) => ofAccount(name, partition)),
  ...service.map((name): Outsider => ({ kind: 'service', service: name })),
  ...federated.map((provider): Outsider => ({ kind: 'federated', provider })),
  ...canonicalUser.map((id): Outsider => ({ kind: 'canonicalUser', id })),
];

/** Of patterns the account, where they have one: who in it is meant stays a condition. */
const inCondition = ({ key, values }: Condition, partition: string): readonly Outsider[] => {
  const name = key.toLowerCase();
  if (ACCOUNT_KEYS.has(name)) return values.flatMap((value) => ofAccount(value, partition));
  if (SERVICE_KEYS.has(name))
    return values.filter(isFixed).map((value): Outsider => ({ kind: 'service', service: value }));
  return [];
};

const ACCOUNT_KEYS: ReadonlySet<string> = new Set(['aws:principalaccount', 'aws:principalarn', 'kms:calleraccount']);
const SERVICE_KEYS: ReadonlySet<string> = new Set(['aws:principalservicename', 'aws:principalservicenameslist']);

const isFixed = (value: string): boolean => !/[*?$]/.test(value);

const ofAccount = (name: string, ownPartition: string): readonly Outsider[] => {
  if (/^\d{12}$/.test(name)) return [{ kind: 'account', account: name }];
  const arn = parseArn(name);
  if (!arn.ok) return [];
  const { partition, service, account, resource } = arnParts(arn.value);
  if (!/^(?:\d{12}|cloudfront)$/.test(account) || (partition !== ownPartition && isFixed(partition))) return [];
  if (service === 'iam' && resource === 'root') return [{ kind: 'account', account }];
  if (!isFixed(name)) return [{ kind: 'account', account }];
  const isPrincipal = service === 'iam' ? /^(?:user|role)\//s : /^(?:assumed-role|federated-user)\//s;
  return isPrincipal.test(resource) ? [{ kind: 'principal', account, arn: name }] : [];
};
