import type { Instant } from '../kernel/time.ts';
import type { NightStanding } from '../ports/night-store.ts';
import { printable } from './terminal.ts';

/** How far the last night of a group is that workers audit account by account. */
export interface NightStatus {
  readonly id: string;
  readonly group: string;
  readonly startedAt: Instant;
  /** The report is made then, whatever is missing. */
  readonly deadline: Instant;
  /** Accounts that are waited for. */
  readonly waiting: number;
  readonly audited: number;
  /** Accounts that were given up after all tries, with the reason of the last one. */
  readonly givenUp: readonly { readonly account: string; readonly reason: string }[];
  /** Null: there is no report yet. */
  readonly finishedAt: Instant | null;
  /** Why there is no report; null: there is one, or will be. */
  readonly problem: string | null;
}

/** What is told of a night. */
export const toNightStatus = ({ failed, end, ...night }: NightStanding): NightStatus => ({
  ...night,
  givenUp: [...failed].map(([account, reason]) => ({ account, reason })),
  finishedAt: end?.finishedAt ?? null,
  problem: end?.problem ?? null,
});

const MOST_NAMED = 20;

/** A night in lines for people. */
export const nightLines = ({
  id,
  waiting,
  audited,
  givenUp,
  deadline,
  finishedAt,
  problem,
}: NightStatus): readonly string[] => {
  const named = givenUp.slice(0, MOST_NAMED);
  const rest = givenUp.length - named.length;
  const report = finishedAt === null ? `waits for the accounts, until ${deadline}` : `made ${finishedAt}`;
  return [
    `night ${id}: ${audited} of ${audited + waiting + givenUp.length} accounts audited, ${waiting} wait, ${givenUp.length} given up`,
    ...named.map(({ account, reason }) => `  given up: ${printable(account)}: ${printable(reason)}`),
    ...(rest === 0 ? [] : [`  and ${rest} more, which \`--json\` names`]),
    problem === null ? `  report: ${report}` : `  no report: ${printable(problem)}`,
  ];
};
