import { type ArnParts, arnParts, iamArn, parseArn } from '../../iam/arn.ts';
import { compareText } from '../../kernel/compare-text.ts';
import type { Condition, PolicyDocument, PrincipalElement, Statement } from '../../policy/policy-document.ts';
import { type Outsider, outsiderName } from '../outsider.ts';

/**
 * The outsiders that a resource-based policy tells apart, whether it lets them in or not: those that its principals and
 * its conditions name, or the conditions of the policies that cap it (RCPs). Of other partitions there are none:
 * credentials of one are worth nothing in another ("AWS partitions", AWS General Reference).
 */
export const namedOutsiders = (
  { statements }: PolicyDocument,
  caps: readonly PolicyDocument[],
  owner: { readonly account: string; readonly partition: string },
): readonly Outsider[] => {
  const conditions = [...statements, ...caps.flatMap((cap) => cap.statements)].flatMap((each) => each.conditions);
  const all = [
    ...(statements.some(allowsEverybody) ? EVERYBODY : []),
    ...statements.flatMap(({ principal }) => (principal === null ? [] : inPrincipal(principal, owner.partition))),
    ...conditions.flatMap((condition) => inCondition(condition, owner.partition)),
  ];
  const unique = new Map(
    all
      .filter((outsider) => !('account' in outsider) || outsider.account !== owner.account)
      .map((outsider) => [`${outsider.kind} ${outsiderName(outsider)}`, outsider]),
  );
  return [...unique.values()].sort(byKindAndName);
};

const allowsEverybody = ({ effect, principal }: Statement): boolean =>
  effect === 'Allow' && principal?.kind === 'principal' && principal.aws.includes('*');

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
  { kind, aws, service, federated, canonicalUser }: PrincipalElement,
  partition: string,
): readonly Outsider[] => [
  // In `NotPrincipal`, the ARN of the root user spares that user, and nobody else of the account.
  ...aws.flatMap((name) => [
    ...ofAccount(name, partition),
    ...(kind === 'notPrincipal' ? rootUser(name, partition) : []),
  ]),
  ...service.map((name): Outsider => ({ kind: 'service', service: name })),
  ...federated.map((provider): Outsider => ({ kind: 'federated', provider })),
  ...canonicalUser.map((id): Outsider => ({ kind: 'canonicalUser', id })),
];

/** Of patterns the account, where they have one: who in it is meant stays a condition. */
const inCondition = ({ key, values }: Condition, partition: string): readonly Outsider[] => {
  switch (key.toLowerCase()) {
    case 'aws:principalarn':
      return values.flatMap((value) => [...ofAccount(value, partition), ...rootUser(value, partition)]);
    case 'aws:principalaccount':
    case 'kms:calleraccount':
      return values.flatMap((value) => ofAccount(value, partition));
    case 'aws:principalservicename':
    case 'aws:principalservicenameslist':
      return values.filter(isFixed).map((value): Outsider => ({ kind: 'service', service: value }));
    default:
      return [];
  }
};

const isFixed = (value: string): boolean => !/[*?$]/.test(value);

const ofAccount = (name: string, partition: string): readonly Outsider[] => {
  if (/^\d{12}$/.test(name)) return [{ kind: 'account', account: name }];
  const parts = outsideParts(name, partition);
  if (parts === null) return [];
  const { service, account, resource } = parts;
  if ((service === 'iam' && resource === 'root') || !isFixed(name)) return [{ kind: 'account', account }];
  const isPrincipal = service === 'iam' ? /^(?:user|role)\//s : /^(?:assumed-role|federated-user)\//s;
  return isPrincipal.test(resource) ? [{ kind: 'principal', account, arn: name }] : [];
};

/** The root user of an account that is named by its id or by that user's ARN. */
const rootUser = (name: string, partition: string): readonly Outsider[] => {
  const arn = /^\d{12}$/.test(name) ? iamArn(partition, name, 'root') : name;
  const parts = outsideParts(arn, partition);
  return parts?.resource === 'root' ? [{ kind: 'principal', account: parts.account, arn }] : [];
};

/** The parts of the ARN of a principal of the partition. CloudFront has an account with a name. */
const outsideParts = (name: string, ownPartition: string): ArnParts | null => {
  const arn = parseArn(name);
  const parts = arn.ok ? arnParts(arn.value) : null;
  if (parts === null || !/^(?:\d{12}|cloudfront)$/.test(parts.account)) return null;
  return parts.partition === ownPartition || !isFixed(parts.partition) ? parts : null;
};
