import type { NotCompared } from '../../finding/account-change.ts';
import type { AccessAnalyzer } from '../../snapshot/access-analyzer.ts';
import type { AccountSnapshot, SnapshotList, User } from '../../snapshot/account-snapshot.ts';
import type { Collected, CollectionGap } from '../../snapshot/collected.ts';
import { areKeysComparable } from './credential-changes.ts';
import { pairUp } from './part-change.ts';

/** Of what it is not known whether it changed. What nobody asks for on either night is not missed. */
export const partsNotCompared = (before: AccountSnapshot, after: AccountSnapshot): readonly NotCompared[] => [
  ...LISTS.flatMap(([list, part]) => notWhole(list, part, [before, after])),
  ...PARTS.flatMap(([member, part]) => notKnown(part, before[member], after[member])),
  ...ofUsers(before.users, after.users),
  ...regionsNotCompared(before.accessAnalyzer, after.accessAnalyzer),
];

const LISTS: readonly (readonly [SnapshotList, string])[] = [
  ['users', 'which users were created and deleted'],
  ['groups', 'which groups were created and deleted'],
  ['roles', 'which roles were created and deleted'],
  ['managedPolicies', 'which managed policies were created and deleted'],
];

const PARTS = [
  ['passwordPolicy', 'the password policy'],
  ['organization', 'the organization and its SCPs and RCPs'],
  ['identityProviders', 'identity providers'],
  ['instanceProfiles', 'instance profiles'],
  ['serverCertificates', 'server certificates'],
  ['resources', 'policies of resources'],
  ['accessAnalyzer', 'analyzers and archive rules'],
] as const satisfies readonly (readonly [keyof AccountSnapshot, string])[];

const CREDENTIALS = [
  ['accessKeys', 'access keys'],
  ['password', 'passwords'],
  ['mfa', 'MFA'],
  ['serviceSpecificCredentials', 'service-specific credentials'],
  ['sshPublicKeys', 'SSH public keys'],
  ['signingCertificates', 'signing certificates'],
] as const satisfies readonly (readonly [keyof User, string])[];

const notWhole = (list: SnapshotList, part: string, nights: readonly AccountSnapshot[]): readonly NotCompared[] => {
  const gap = nights.map(({ missingParts }) => missingParts.get(list)).find((each) => each !== undefined);
  return gap === undefined ? [] : [{ part, detail: gap.detail }];
};

const notKnown = (part: string, before: Collected<unknown>, after: Collected<unknown>): readonly NotCompared[] => {
  const gap = gapOf(before, after);
  return gap === null ? [] : [{ part, detail: gap.detail }];
};

/** Why two data cannot be compared; null: they can, or nobody ever asks for them. */
const gapOf = (before: Collected<unknown>, after: Collected<unknown>): CollectionGap | null => {
  const gaps = [after, before].flatMap((each) => (each.known ? [] : [each.gap]));
  const isUnasked = gaps.length === 2 && gaps.every(({ reason }) => reason === 'skipped');
  return isUnasked ? null : (gaps[0] ?? null);
};

const ofUsers = (before: readonly User[], after: readonly User[]): readonly NotCompared[] => {
  const { kept } = pairUp(before, after, ({ userId }) => userId);
  const missing = CREDENTIALS.flatMap(([member, name]) => {
    const gaps = kept.flatMap(([was, is]) => gapOf(was[member], is[member]) ?? []);
    return told(name, gaps.length, gaps[0]?.detail ?? '');
  });
  const unlike = kept.filter(
    ([{ accessKeys: was }, { accessKeys: is }]) => was.known && is.known && !areKeysComparable(was.value, is.value),
  );
  return [...missing, ...told('access keys', unlike.length, 'one of the audits did not read the ids of the keys')];
};

const told = (name: string, count: number, detail: string): readonly NotCompared[] =>
  count === 0 ? [] : [{ part: `${name} of ${count} user${count === 1 ? '' : 's'}`, detail }];

const regionsNotCompared = (
  before: Collected<AccessAnalyzer>,
  after: Collected<AccessAnalyzer>,
): readonly NotCompared[] => {
  if (!before.known || !after.known) return [];
  const [were, are] = [before.value.regions, after.value.regions];
  if (were === undefined || are === undefined) return [];
  const only = [...were.filter((region) => !are.includes(region)), ...are.filter((region) => !were.includes(region))];
  if (only.length === 0) return [];
  const part = `analyzers in ${[...new Set(only)].sort().join(', ')}`;
  return [{ part, detail: 'only one of the audits looked there' }];
};
