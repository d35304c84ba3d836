import { createAccountAccess } from '../../access/account-access.ts';
import type { Finding } from '../../finding/audit-report.ts';
import type { EscalationCut } from '../../finding/escalation-cut.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../check-tools.ts';
import { createDesignReader } from './by-design.ts';
import { findCrownJewels } from './crown-jewels.ts';
import { comparePaths, type EscalationPath } from './escalation-path.ts';
import { createEscalations } from './find-escalation.ts';
import { principalGoal } from './goal.ts';
import { findJewelPaths } from './jewel-paths.ts';
import { type Left, type LeftReader, proposeCuts } from './propose-cuts.ts';
import { findSensitiveGains, type SensitiveGain } from './sensitive-gains.ts';

const JEWEL_CHECK = 'principal-can-reach-crown-jewel';
const GAIN_CHECK = 'principal-can-gain-sensitive-access';

/** The cuts that close findings about crown jewels, which `marked` names by ARN, and about sensitive access, by key. */
export const proposeOtherCuts = (
  findings: readonly Finding[],
  account: AccountSnapshot,
  tools: CheckTools,
  marked: readonly string[],
): ReadonlyMap<string, EscalationCut> => {
  const failed = (checkId: string): readonly Finding[] =>
    findings.filter((finding) => finding.checkId === checkId && finding.outcome === 'fail');
  return new Map([
    ...cutsOfJewels(failed(JEWEL_CHECK), account, tools, marked),
    ...cutsOfGains(failed(GAIN_CHECK), account, tools),
  ]);
};

type Open = ReadonlyMap<string, readonly EscalationPath[]>;

const cutsOfJewels = (
  findings: readonly Finding[],
  account: AccountSnapshot,
  tools: CheckTools,
  marked: readonly string[],
): ReadonlyMap<string, EscalationCut> => {
  if (findings.length === 0) return new Map();
  const found = findJewelPaths(findCrownJewels(account, marked, tools.jewelsElsewhere), account, tools);
  const keys = new Map(findings.map(({ key, subject }) => [`${subject.arn} ${subject.part ?? ''}`, key]));
  const open = new Map(
    found.paths.flatMap(({ start, jewel, paths }) => {
      const key = keys.get(`${start.arn} ${jewel.arn}`);
      return key === undefined ? [] : [[key, paths] as const];
    }),
  );
  const leftIn: LeftReader = (changed) => {
    const again = searchAgain(changed, tools, found.reaching);
    const { paths, doubts } = findJewelPaths(findCrownJewels(changed, marked, tools.jewelsElsewhere), changed, again);
    const left = new Map(paths.map((each) => [keys.get(`${each.start.arn} ${each.jewel.arn}`), each.paths]));
    return leftOf(open, (key) => left.get(key) ?? [], doubts);
  };
  return proposeCuts(open, { account, ...tools }, leftIn).of;
};

const cutsOfGains = (
  findings: readonly Finding[],
  account: AccountSnapshot,
  tools: CheckTools,
): ReadonlyMap<string, EscalationCut> => {
  if (findings.length === 0) return new Map();
  const keys = new Map(findings.map(({ key, subject }) => [subject.arn, key]));
  const { gains, reaching } = findSensitiveGains(account, tools);
  const told = new Map<string, SensitiveGain & { readonly start: User | Role }>();
  for (const [start, [gain]] of gains) {
    const key = keys.get(start.arn);
    if (key !== undefined && gain !== undefined) told.set(key, { ...gain, start });
  }
  const open = new Map([...told].map(([key, { paths }]) => [key, paths]));
  const leftIn: LeftReader = (changed) => {
    const again = searchAgain(changed, tools, reaching);
    const left = gainsLeft(changed, again, told);
    return leftOf(open, (key) => left.paths.get(key) ?? [], left.doubts);
  };
  return proposeCuts(open, { account, ...tools }, leftIn).of;
};

/** Who held the access before holds it still, for all that anybody asks here: a change that only takes away gives it to nobody. */
const gainsLeft = (
  changed: AccountSnapshot,
  again: ReturnType<typeof searchAgain>,
  told: ReadonlyMap<string, SensitiveGain & { readonly start: User | Role }>,
) => {
  const isMeant = createDesignReader(changed, again.access);
  const everybody = [...changed.users, ...changed.roles];
  const paths = new Map<string, readonly EscalationPath[]>();
  const doubts = new Map<User | Role, unknown>();
  const searched = new Map<ReadonlySet<string>, ReturnType<typeof again.pathsTowards>>();
  for (const [key, { holders, start }] of told) {
    const found =
      searched.get(holders) ??
      again.pathsTowards(principalGoal(new Set(everybody.filter(({ arn }) => holders.has(arn)))));
    searched.set(holders, found);
    const self = everybody.find(({ arn }) => arn === start.arn);
    const own = self === undefined ? [] : [...(found.paths.get(self)?.values() ?? [])].sort(comparePaths);
    if (!own.some(isMeant)) paths.set(key, own);
    for (const [principal, unsure] of found.doubts) doubts.set(principal, unsure);
  }
  return { paths, doubts };
};

/** What searches in the account as changed, for paths of those alone who had some. */
const searchAgain = (changed: AccountSnapshot, { reference, now }: CheckTools, asked: ReadonlySet<string>) => {
  const access = createAccountAccess(changed, reference, now);
  return { access, ...createEscalations(changed, access, reference, asked) };
};

const leftOf = (
  open: Open,
  pathsOf: (key: string) => readonly EscalationPath[],
  doubts: ReadonlyMap<User | Role, unknown>,
): ReturnType<LeftReader> => {
  const unsure = new Set<string>([...doubts.keys()].map(({ arn }) => arn));
  const stateOf = (key: string, [first]: readonly EscalationPath[]): Left => {
    const paths = pathsOf(key);
    if (paths.length > 0) return { kind: 'found', paths };
    return { kind: unsure.has(first?.steps[0]?.from ?? '') ? 'undetermined' : 'none' };
  };
  return new Map([...open].map(([key, paths]) => [key, stateOf(key, paths)]));
};
