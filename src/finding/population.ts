import type { Instant } from '../kernel/time.ts';
import type { AccountSnapshot, SnapshotList } from '../snapshot/account-snapshot.ts';
import type { Collected, SourceName } from '../snapshot/collected.ts';

/** How many of something an account has: by the account summary of IAM, and by the list that an audit read. */
export interface Population {
  readonly accountId: string;
  /** As `GetAccountSummary` calls it: `Users`, `MFADevicesInUse`. */
  readonly name: string;
  /** What is counted. */
  readonly what: string;
  readonly inSummary: Count;
  readonly inList: Count;
  /** `explained`: they differ, and what was read shows why; `unknown`: one of them was not read whole. */
  readonly verdict: 'equal' | 'explained' | 'unexplained' | 'unknown';
  /** Why they differ, or are not known; empty where they are equal. */
  readonly explanation: string;
}

/** A number and when it was read; a list that was cut short has the number that was read of it. */
interface Count {
  readonly count: number | null;
  readonly time: Instant | null;
  /** Why it is not known, or not whole; null: it is. */
  readonly gap: string | null;
}

/** Holds what an audit read of an account against the account summary, which IAM counts by itself. */
export const populationsOf = (snapshot: AccountSnapshot): readonly Population[] => {
  const { accountSummary } = snapshot;
  return countedLists(snapshot).map((counted) => {
    const { name, what, inList } = counted;
    const inSummary = fromCollected(accountSummary, (numbers) => numbers.get(name) ?? null);
    return { accountId: snapshot.accountId, name, what, inSummary, inList, ...verdictOf(counted, inSummary) };
  });
};

interface OwnDifference {
  readonly count: number;
  readonly what: string;
}

interface CountedList {
  readonly name: string;
  readonly what: string;
  readonly inList: Count;
  /** Things that the list has and the summary may leave out. */
  readonly ownDifference?: OwnDifference;
}

const countedLists = (snapshot: AccountSnapshot): readonly CountedList[] => {
  const { roles, managedPolicies } = snapshot;
  const ofRoot = rootDevices(snapshot);
  const serviceLinked = roles.filter(({ path }) => path.startsWith('/aws-service-role/')).length;
  return [
    { name: 'Users', what: 'users', inList: ofList(snapshot, 'users') },
    { name: 'Groups', what: 'groups', inList: ofList(snapshot, 'groups') },
    {
      name: 'Roles',
      what: 'roles, service-linked roles among them',
      inList: ofList(snapshot, 'roles'),
      ownDifference: { count: serviceLinked, what: 'service-linked roles' },
    },
    {
      name: 'Policies',
      what: 'customer managed policies',
      inList: {
        ...ofList(snapshot, 'managedPolicies'),
        count: managedPolicies.filter(({ awsManaged }) => !awsManaged).length,
      },
    },
    {
      name: 'MFADevices',
      what: 'MFA devices, those of the root user and those assigned to nobody among them',
      inList: devices(snapshot, 'all'),
      ownDifference: ofRoot,
    },
    {
      name: 'MFADevicesInUse',
      what: 'MFA devices assigned to somebody, the root user among them',
      inList: devices(snapshot, 'in-use'),
      ownDifference: ofRoot,
    },
    {
      name: 'Providers',
      what: 'identity providers',
      inList: fromCollected(snapshot.identityProviders, ({ length }) => length),
    },
    {
      name: 'InstanceProfiles',
      what: 'instance profiles',
      inList: fromCollected(snapshot.instanceProfiles, ({ length }) => length),
    },
    {
      name: 'ServerCertificates',
      what: 'server certificates',
      inList: fromCollected(snapshot.serverCertificates, ({ length }) => length),
    },
  ];
};

const ofList = (snapshot: AccountSnapshot, list: SnapshotList): Count => ({
  count: snapshot[list].length,
  time: timeOf(snapshot, 'authorization-details'),
  gap: snapshot.missingParts.get(list)?.detail ?? null,
});

/** The devices of users, the virtual ones of the account, and a hardware device of the root user, which no list has. */
const devices = (snapshot: AccountSnapshot, which: 'all' | 'in-use'): Count => {
  const { virtualMfaDevices, users, root } = snapshot;
  const time = timeOf(snapshot, 'mfa-devices');
  if (!virtualMfaDevices.known) return { count: null, time, gap: virtualMfaDevices.gap.detail };
  if (!root.mfaKind.known) return { count: null, time, gap: root.mfaKind.gap.detail };
  const serialNumbers = new Set(
    virtualMfaDevices.value
      .filter(({ userArn }) => which === 'all' || userArn !== null)
      .map(({ serialNumber }) => serialNumber),
  );
  for (const { mfa } of users) {
    if (!mfa.known) return { count: null, time, gap: mfa.gap.detail };
    if (!mfa.value.devices.known) return { count: null, time, gap: mfa.value.devices.gap.detail };
    for (const { serialNumber } of mfa.value.devices.value) serialNumbers.add(serialNumber);
  }
  return { count: serialNumbers.size + Number(root.mfaKind.value === 'hardware'), time, gap: null };
};

const rootDevices = ({ root, virtualMfaDevices }: AccountSnapshot): OwnDifference => ({
  count:
    (virtualMfaDevices.known ? virtualMfaDevices.value.filter(({ userArn }) => userArn === root.arn).length : 0) +
    Number(root.mfaKind.known && root.mfaKind.value === 'hardware'),
  what: 'MFA devices of the root user',
});

const timeOf = ({ sources }: AccountSnapshot, source: SourceName): Instant | null =>
  sources.find(({ name }) => name === source)?.time ?? null;

const fromCollected = <T>(collected: Collected<T>, count: (value: T) => number | null): Count => {
  if (!collected.known) return { count: null, time: null, gap: collected.gap.detail };
  const number = count(collected.value);
  return { count: number, time: collected.time, gap: number === null ? 'the answer does not tell it' : null };
};

const verdictOf = (
  { inList, ownDifference }: CountedList,
  inSummary: Count,
): Pick<Population, 'verdict' | 'explanation'> => {
  if (inSummary.count === null || inSummary.gap !== null)
    return { verdict: 'unknown', explanation: `The account summary was not read: ${inSummary.gap ?? ''}.` };
  if (inList.count === null || inList.gap !== null)
    return { verdict: 'unknown', explanation: `The list was not read whole: ${inList.gap ?? ''}.` };
  const more = inList.count - inSummary.count;
  if (more === 0) return { verdict: 'equal', explanation: '' };
  if (ownDifference !== undefined && more === ownDifference.count)
    return {
      verdict: 'explained',
      explanation: `The list has as many ${ownDifference.what}, which the summary seems to leave out.`,
    };
  if (inSummary.time !== inList.time)
    return {
      verdict: 'explained',
      explanation: `Read at different times, the summary at ${inSummary.time ?? 'an unknown time'} and the list at ${inList.time ?? 'an unknown time'}: what was made or deleted between is in one of them alone.`,
    };
  return {
    verdict: 'unexplained',
    explanation: 'Both were read at the same time, and nothing that was read shows why.',
  };
};
