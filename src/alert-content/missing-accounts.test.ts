import { describe, expect, it } from 'vitest';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import { mailMessage } from './mail-message.ts';
import { backNotices, missingNotices } from './missing-accounts.ts';
import { slackMessage } from './slack-message.ts';
import { alertOf, HOSTILE, NIGHT } from './testing/alert-builder.ts';

const account = (accountId: string, differing: Partial<ExpectedAccount> = {}): ExpectedAccount => ({
  accountId,
  name: null,
  group: null,
  status: 'failed',
  reason: 'the role cannot be assumed',
  lastRead: { runId: 'before', startedAt: NIGHT },
  droppedOut: true,
  ...differing,
});
const textsOf = (accounts: readonly ExpectedAccount[]) => missingNotices(accounts).map(({ text }) => text);

describe('accounts that are missing', () => {
  it('share a reason in which but the account is another, by id and by name', () => {
    const named = (accountId: string, name: string) =>
      account(accountId, {
        name,
        reason: `account ${accountId} (${name}): nobody may assume the role of ${accountId}`,
      });
    expect(textsOf([named('111111111111', 'dev'), named('222222222222', 'prod')])).toEqual([
      '2 accounts (`dev` and `prod`) could not be audited: account ACCOUNT: nobody may assume the role of ACCOUNT.',
    ]);
  });

  it('are told apart by why, those first that are most; who was never read is counted', () => {
    const gone = { status: 'vanished', reason: 'it is gone' } as const;
    const never = account('555555555555', { lastRead: null });
    const unlisted = account('', { accountId: null, group: 'staging', reason: 'the list was denied', lastRead: null });
    expect(
      textsOf([
        account('111111111111', gone),
        account('222222222222', gone),
        unlisted,
        account('333333333333'),
        account('444444444444'),
        never,
      ]),
    ).toEqual([
      '6 accounts are missing, for 3 reasons.',
      '3 accounts (`333333333333`, `444444444444` and `555555555555`) could not be audited; no audit is known that read 1 of them: the role cannot be assumed.',
      '2 accounts (`111111111111` and `222222222222`) are no longer among the accounts that are audited: it is gone.',
      '`staging` could not be audited: the list was denied; no audit is known that read it.',
    ]);
  });
});

describe('names and reasons that somebody else gave', () => {
  const hostile = ['111111111111', '222222222222', '333333333333'].map((id, index) =>
    account(id, { name: `${String(index)}${HOSTILE}`, reason: index === 2 ? HOSTILE : 'denied' }),
  );
  const alert = alertOf({
    account: null,
    accountIds: ['111111111111', '222222222222', '333333333333'],
    items: [],
    notices: [...missingNotices(hostile), ...backNotices(hostile)],
  });

  it('call nobody and link nowhere in Slack, and close the code that they stand in', () => {
    const texts = slackMessage(alert).blocks.flatMap((block) => (block.type === 'section' ? [block.text.text] : []));
    const shown = texts.join('\n');
    expect(shown).toContain('&lt;!channel&gt;');
    expect(shown).not.toMatch(/<|@(here|channel|everyone)|https:\/\//);
    const lines = shown.split('\n');
    expect(lines).toHaveLength(alert.notices.length);
    for (const line of lines) expect((line.match(/`/g) ?? []).length % 2).toBe(0);
  });

  it('stay words in a mail: no line of their own, no header, no HTML', () => {
    const { subject, text, html } = mailMessage(alert, 'example.com');
    expect(subject).toBe('[Vigil] IAM of 3 accounts');
    expect(text).not.toMatch(/^Bcc:/m);
    expect(text).toContain('__proto__ could not be audited: <!channel>');
    expect(text.split('\n\n')).toHaveLength(alert.notices.length + 2);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });
});
