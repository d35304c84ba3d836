import type { Actor } from '../finding/actor.ts';
import type { AlertNotice } from '../finding/alert.ts';
import type { AuditReport, PrincipalSummary } from '../finding/audit-report.ts';
import { GONE, type Told } from '../finding/told.ts';
import { nameOfArn } from '../report/name-of-arn.ts';
import { timeInWords } from '../report/words.ts';
import { quoted } from './defused.ts';
import type { OtherNews } from './news-of-account.ts';
import { type RouteMemory, recall, toldNow } from './route-memory.ts';
import { isWanted } from './told-item.ts';

const ADMINISTRATOR = 'yes';

/**
 * Who of an account has become administrator. A route that was never told of the account learns who they are without a word; one that is
 * told what some owner answers for, or not of escalations, hears nothing.
 */
export const newsOfAdministrators = (
  report: AuditReport,
  { accountId, sinceBaseline }: { readonly accountId: string; readonly sinceBaseline: boolean },
  memory: RouteMemory,
): OtherNews => {
  const { route } = memory;
  if (route.owners.length > 0 || !isWanted(route.categories, 'escalation')) return NOTHING;
  const notices: AlertNotice[] = [];
  const told: Told[] = [];
  for (const principal of report.principals) {
    if (principal.arn.split(':')[4] !== accountId || principal.type === 'root') continue;
    const key = `administrator ${principal.arn}`;
    const stance = principal.administrator === 'yes' ? ADMINISTRATOR : GONE;
    const before = recall(memory, key);
    if (before === 'outdated' || (before?.stance ?? GONE) === stance) continue;
    if (stance === ADMINISTRATOR && sinceBaseline)
      notices.push({ kind: 'administrator', text: sentenceOf(principal, report) });
    told.push(toldNow(memory, { accountId, key, stance }));
  }
  return { gaps: [], notices, told };
};

const NOTHING: OtherNews = { gaps: [], notices: [], told: [] };

const sentenceOf = ({ arn, type }: PrincipalSummary, { changes = [] }: AuditReport): string => {
  const [actor] = changes
    .filter(({ subject }) => subject.arn === arn)
    .flatMap(({ by }) => by)
    .sort((left, right) => (left.at < right.at ? 1 : -1));
  const what = `${type === 'user' ? 'User' : 'Role'} ${quoted(nameOfArn(arn))} is an administrator now`;
  return actor === undefined ? `${what}.` : `${what}: ${actorInWords(actor)}.`;
};

const actorInWords = ({ arn, request, at }: Actor): string =>
  `${quoted(arn)} sent ${quoted(request)} on ${timeInWords(at)}`;
