// `npm run quality`: how what the checks find in the labelled accounts compares with the labels. Ends with 1 where a
// check is wrong once.
import { countSituations, labelledAccounts } from './labelled-accounts.ts';
import { type Score, scoreAccount, scoreTable } from './score.ts';

const lines = (account: (typeof labelledAccounts)[number], { checkId, lost, invented }: Score): readonly string[] => [
  ...lost.map((subject) => `lost: ${checkId} of ${subject}: ${account.findings[checkId]?.[subject] ?? ''}`),
  ...invented.map((subject) => {
    const trap = account.traps[subject.split(' ')[0] ?? ''];
    return `invented: ${checkId} of ${subject}${trap === undefined ? '' : `: ${trap}`} (${account.name})`;
  }),
];

const scored = await Promise.all(
  labelledAccounts.map(async (account) => ({ account, scores: await scoreAccount(account) })),
);
const wrongs = scored.flatMap(({ account, scores }) => scores.flatMap((score) => lines(account, score)));
const { wrong, nearMisses } = countSituations(labelledAccounts);
const count = `${wrong + nearMisses} situations in ${labelledAccounts.length} accounts: ${wrong} wrong, ${nearMisses} that only look so`;
process.stdout.write([scoreTable(scored.flatMap(({ scores }) => scores)), '', count, ...wrongs, ''].join('\n'));
process.exitCode = wrongs.length === 0 ? 0 : 1;
