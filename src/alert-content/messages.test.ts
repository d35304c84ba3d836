import { describe, expect, it } from 'vitest';
import type { NoticeKind } from '../finding/alert.ts';
import { alertJson, bytesOf } from './alert-json.ts';
import { eventBridgeEntries } from './eventbridge-entries.ts';
import { mailMessage } from './mail-message.ts';
import { mergedAlert } from './merged-alert.ts';
import { pagerdutyEvents } from './pagerduty-events.ts';
import { slackMessage } from './slack-message.ts';
import { snsMessage } from './sns-message.ts';
import { alertOf, flood, HOSTILE, hostileAlert, itemOf } from './testing/alert-builder.ts';

const slackTexts = (alert: Parameters<typeof slackMessage>[0]): readonly string[] =>
  slackMessage(alert).blocks.flatMap((block) =>
    block.type === 'context'
      ? block.elements.map(({ text }) => text)
      : block.type === 'divider'
        ? []
        : [block.text.text],
  );

describe('a message of Slack', () => {
  it('says who, what, why, since when, by whom, whose, the mend and where to read on', () => {
    const alert = alertOf({ items: [itemOf({ owner: 'platform' })] });
    expect(slackTexts(alert)).toEqual([
      'Vigil: prod (123456789012): 1 new: 1 critical',
      [
        '*New, critical: Root user has no MFA device* (<https://vigil.example.com/r/1/report.html#f-0123456789ab|details>)',
        '*Who:* `root user` `arn:aws:iam::123456789012:root`',
        '*What:* The root user of `prod` has no MFA device.',
        '*Why:* `iam:PassRole` is allowed by statement 1 of `arn:aws:iam::123456789012:policy/deploy`.',
        '*Since:* 2 Mar 2026, 02:30 UTC',
        '*By:* not known',
        '*Owner:* `platform`',
        '*Mend:* Register two MFA devices for the root user.',
      ].join('\n'),
      '<https://vigil.example.com/r/1/report.html|Report> · run 20260302T023000Z · 2026-03-02T02:30:00Z · alert 0123456789abcdef0123456789abcdef',
    ]);
  });

  it('calls nobody and links nowhere, whatever the account holds', () => {
    const message = slackMessage(hostileAlert());
    // The header is plain text, in which nothing is alive.
    const [, ...texts] = slackTexts(hostileAlert());
    const live = [message.text, ...texts].join(' ').match(/<[^>]*>/g) ?? [];
    expect(live.every((link) => link.startsWith('<https://vigil.example.com/'))).toBe(true);
    expect(JSON.stringify(message)).not.toMatch(/@(here|channel|everyone)/);
    expect(JSON.stringify(message)).not.toContain('https://evil');
    expect(
      message.blocks.every((block) => !('text' in block) || block.text.type !== 'mrkdwn' || block.text.verbatim),
    ).toBe(true);
  });

  it('closes each stretch of code that it opens, though names hold backticks', () => {
    for (const text of slackTexts(hostileAlert()).slice(1)) {
      for (const line of text.split('\n')) expect((line.match(/`/g) ?? []).length % 2).toBe(0);
    }
  });

  it('stays within 50 blocks, 150 characters of header and 3,000 of text, and counts what it leaves out', () => {
    const alert = flood(5000);
    const message = slackMessage(alert);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    const [header = '', ...texts] = slackTexts(alert);
    expect(header.length).toBeLessThanOrEqual(150);
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(3000);
    expect(texts).toContain('*4,985 more not shown here: 4,985 high.*');
    expect(message.text.length).toBeLessThanOrEqual(3000);
  });

  it('cuts no entity in two', () => {
    for (const text of slackTexts(flood(20))) expect(text).not.toMatch(/&[a-z]*…/);
  });
});

describe('a notice', () => {
  const alert = alertOf({
    account: null,
    items: [],
    notices: [{ kind: 'heartbeat', text: '7 audits since 7 Mar 2026, and nothing new of `prod`.' }],
  });

  it('stands in each message, and its kind in the headline', () => {
    expect(slackTexts(alert).slice(0, 2)).toEqual([
      'Vigil: your accounts: all is well',
      '7 audits since 7 Mar 2026, and nothing new of `prod`.',
    ]);
    const { text, html } = mailMessage(alert, 'example.com');
    expect(text).toContain('Your accounts: all is well.\n\n7 audits since 7 Mar 2026, and nothing new of prod.');
    expect(html).toContain('and nothing new of <code>prod</code>.</p>');
    expect(JSON.parse(alertJson(alert, { mostItems: 5, mostBytes: 9000 }))).toMatchObject({
      account: null,
      notices: alert.notices,
    });
  });

  it('does not count as findings what a first audit only lists', () => {
    const first = alertOf({
      items: [itemOf({ transition: 'open' })],
      notices: [{ kind: 'baseline', text: 'The first.' }],
    });
    expect(slackTexts(first)[0]).toBe('Vigil: prod (123456789012): first audit');
  });
});

describe('a digest of several accounts', () => {
  it('says of each finding whose it is', () => {
    const account = { id: '222222222222', alias: 'dev' };
    const alert = alertOf({
      account: null,
      items: [itemOf({ account }), itemOf({ key: 'b', account: { ...account, id: '1' } })],
    });
    expect(slackTexts(alert)[0]).toBe('Vigil: 2 accounts: 2 new: 2 critical');
    expect(slackTexts(alert)[1]).toContain('*Account:* `dev` `222222222222`');
  });

  it('says of each source that could not be read whose it is, and of what was read again', () => {
    const gap = (detail: string) => ({ source: 'credential-report', detail, checks: 2 });
    const notices = [{ kind: 'gap-ended', text: '`users` was read again.' }] as const;
    const prod = alertOf({ items: [], gaps: [gap('was denied')], notices });
    const other = { id: 'b', account: { id: '222222222222', alias: null } };
    const both = mergedAlert([prod, alertOf({ ...other, items: [], gaps: [gap('timed out')] })]);
    expect(slackTexts(both).slice(1, 3)).toEqual([
      '`prod` `123456789012`: `users` was read again.',
      '*Could not be read*\n' +
        '• `prod` `123456789012`: Credential report: was denied (2 checks could not judge)\n' +
        '• `222222222222`: Credential report: timed out (2 checks could not judge)',
    ]);
    expect(mailMessage(both, 'example.com').text).toContain('- 222222222222: Credential report: timed out');
    expect(JSON.parse(alertJson(both, { mostItems: 5, mostBytes: 9000 }))).toMatchObject({
      gaps: [{ account: prod.account }, { account: other.account }],
      notices: [{ account: prod.account }],
    });
    // Of one account the headline tells.
    const nights = mergedAlert([prod, { ...prod, id: 'c' }]);
    expect([...nights.gaps, ...nights.notices].filter(({ account }) => account !== undefined)).toEqual([]);
  });
});

describe('a mail', () => {
  it('has one subject and one thread an account, and an id of its own an alert', () => {
    const tonight = mailMessage(alertOf(), 'example.com');
    const tomorrow = mailMessage(
      alertOf({ id: 'another', items: [itemOf({ transition: 'worsened' })] }),
      'example.com',
    );
    const other = mailMessage(alertOf({ account: { id: '210987654321', alias: null } }), 'example.com');
    expect(tonight.subject).toBe('[Vigil] IAM of prod (123456789012)');
    expect([tomorrow.subject, tomorrow.thread]).toEqual([tonight.subject, tonight.thread]);
    expect(tomorrow.messageId).not.toBe(tonight.messageId);
    expect(mailMessage(alertOf(), 'example.com').messageId).toBe(tonight.messageId);
    expect(other.thread).not.toBe(tonight.thread);
    expect(tonight.messageId).toMatch(/^<vigil\.[0-9a-f]{32}@example\.com>$/);
  });

  it('tells the night in its first line and each fact below', () => {
    expect(mailMessage(alertOf(), 'example.com').text).toBe(
      [
        'Prod (123456789012): 1 new: 1 critical.',
        '',
        'New, critical: Root user has no MFA device',
        '  Who: root user arn:aws:iam::123456789012:root',
        '  What: The root user of prod has no MFA device.',
        '  Why: iam:PassRole is allowed by statement 1 of arn:aws:iam::123456789012:policy/deploy.',
        '  Since: 2 Mar 2026, 02:30 UTC',
        '  By: not known',
        '  Owner: nobody is named',
        '  Mend: Register two MFA devices for the root user.',
        '  Details: https://vigil.example.com/r/1/report.html#f-0123456789ab',
        '',
        'Report: https://vigil.example.com/r/1/report.html',
        'Sent by Vigil, route security, run 20260302T023000Z, 2026-03-02T02:30:00Z.',
        '',
      ].join('\n'),
    );
  });

  it('is one line of subject, no markup and no link but ours, whatever the account holds', () => {
    const { subject, text, html } = mailMessage(hostileAlert(), 'example.com');
    expect(subject).not.toMatch(/[\r\n\p{Cc}\p{Cf}]/u);
    expect(text).not.toMatch(/https:\/\/evil|www\.evil|^Bcc:/m);
    expect(html).not.toMatch(/<script|https:\/\/evil|www\.evil|<!channel>/);
    expect(html.match(/href="[^"]*"/g)?.every((href) => href.startsWith('href="https://vigil.example.com/'))).toBe(
      true,
    );
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('stays of a size that mail takes', () => {
    const { text, html } = mailMessage(flood(5000), 'example.com');
    expect(text.length + html.length).toBeLessThan(5_000_000);
    expect(text).toContain('4,900 more not shown here: 4,900 high.');
  });
});

describe('JSON', () => {
  it('holds the texts of the account as they are', () => {
    const json: unknown = JSON.parse(alertJson(hostileAlert(), { mostItems: 10, mostBytes: 100_000 }));
    expect(json).toMatchObject({ type: 'vigil.alert', failure: HOSTILE, findings: [{ owner: HOSTILE }] });
  });

  it('leaves out findings until it fits, and counts them', () => {
    const text = alertJson(flood(500), { mostItems: 500, mostBytes: 1_000_000 });
    const { findings, findingsNotShown }: { findings: unknown[]; findingsNotShown: number } = JSON.parse(text);
    expect(bytesOf(text)).toBeLessThanOrEqual(1_000_000);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.length + findingsNotShown).toBe(500);
  });
});

describe('events of PagerDuty', () => {
  it('open an incident a finding and close it by the same key', () => {
    const [opened] = pagerdutyEvents(alertOf());
    const [closed] = pagerdutyEvents(alertOf({ items: [itemOf({ transition: 'resolved' })] }));
    expect(opened).toMatchObject({ event_action: 'trigger', payload: { severity: 'critical' } });
    expect(closed).toEqual({ event_action: 'resolve', dedup_key: opened?.['dedup_key'] });
  });

  it('close no incident of an account by a sample', () => {
    const [real] = pagerdutyEvents(alertOf());
    const [sample] = pagerdutyEvents(alertOf({ test: true }));
    expect(sample?.['dedup_key']).not.toBe(real?.['dedup_key']);
  });

  it('open and close an incident of an account that is missing, and call nobody for what is only to be known', () => {
    const noticed = (kind: NoticeKind) =>
      pagerdutyEvents(alertOf({ items: [], notices: [{ kind, text: 'It is so.' }] }));
    const [opened] = noticed('account-missing');
    expect(opened).toMatchObject({ event_action: 'trigger', payload: { class: 'account-missing' } });
    expect(noticed('account-back')).toEqual([{ event_action: 'resolve', dedup_key: opened?.['dedup_key'] }]);
    expect(noticed('route-dead')).toHaveLength(1);
    for (const kind of ['heartbeat', 'baseline', 'suppression', 'gap-ended'] as const)
      expect(noticed(kind)).toEqual([]);
  });

  it('open one incident of accounts that are missing together, and close it when all of them are back', () => {
    const of = (kinds: readonly NoticeKind[], accountIds = ['111111111111', '222222222222']) =>
      pagerdutyEvents(
        alertOf({
          account: null,
          accountIds,
          items: [],
          notices: kinds.map((kind, index) => ({ kind, text: `Notice ${String(index)}.` })),
        }),
      );
    const [opened, ...more] = of(['account-missing', 'account-missing', 'account-missing']);
    expect(more).toEqual([]);
    expect(opened).toMatchObject({ event_action: 'trigger', payload: { summary: '2 accounts: Notice 0.' } });
    const alone = pagerdutyEvents(
      alertOf({
        account: { id: '111111111111', alias: null },
        items: [],
        notices: [{ kind: 'account-missing', text: '' }],
      }),
    );
    const closed = of(['account-back', 'all-back']);
    expect(closed.every((event) => event['event_action'] === 'resolve')).toBe(true);
    expect(closed.map((event) => event['dedup_key'])).toEqual([
      alone[0]?.['dedup_key'],
      'vigil:account:222222222222:missing',
      opened?.['dedup_key'],
    ]);
    expect(
      of(
        ['account-back'],
        Array.from({ length: 400 }, (_, index) => String(index)),
      ),
    ).toHaveLength(20);
  });

  it('keep to 255 characters of key, 1,024 of summary and twenty findings', () => {
    const events = pagerdutyEvents({ ...flood(100), items: [itemOf({ key: 'k'.repeat(5000) }), ...flood(99).items] });
    expect(events).toHaveLength(21);
    for (const event of events) {
      expect(String(event['dedup_key']).length).toBeLessThanOrEqual(255);
      expect(JSON.stringify(event).length).toBeLessThan(512_000);
    }
    expect(JSON.stringify(events.at(-1))).toContain('80 more not shown here');
  });
});

describe('messages of Amazon', () => {
  it('of SNS keep to its subject and its size', () => {
    for (const alert of [hostileAlert(), flood(300)]) {
      const { subject, message } = snsMessage(alert);
      expect(subject).toMatch(/^[ -~]{1,99}$/);
      expect(bytesOf(message)).toBeLessThanOrEqual(256 * 1024);
      expect(Object.keys(JSON.parse(message) as object)).toEqual(['default', 'email', 'sms']);
    }
  });

  it('of EventBridge are one of the alert and one a finding, ten of which fit a call', () => {
    expect(eventBridgeEntries(alertOf()).map(({ detailType }) => detailType)).toEqual(['Vigil Alert', 'Vigil Finding']);
    const entries = eventBridgeEntries(flood(300));
    expect(entries).toHaveLength(201);
    for (let from = 0; from < entries.length; from += 10) {
      const call = entries.slice(from, from + 10);
      expect(call.reduce((sum, { detail, resources }) => sum + bytesOf(detail + resources.join()), 0)).toBeLessThan(
        256_000,
      );
    }
  });
});
