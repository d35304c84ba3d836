import { describe, expect, it } from 'vitest';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type { ExpectedAccount } from '../finding/expected-account.ts';
import type { SuppressionStatus } from '../finding/suppression.ts';
import type { Told } from '../finding/told.ts';
import { addDays, type Instant } from '../kernel/time.ts';
import { exampleReport, findingOf } from '../report/testing/example-report.ts';
import type { SourceName } from '../snapshot/collected.ts';
import { alertAccount, alertHeadline } from './alert-words.ts';
import { newsOfAudit } from './news-of-audit.ts';
import type { NewsRoute } from './route-memory.ts';
import { NIGHT } from './testing/alert-builder.ts';

const ACCOUNT = '123456789012';
const route = (differing: Partial<NewsRoute> = {}): NewsRoute => ({
  name: 'security',
  severity: 'high',
  categories: [],
  accounts: [],
  owners: [],
  resolved: false,
  gaps: true,
  ...differing,
});

interface Night {
  readonly findings?: readonly Finding[];
  readonly unread?: readonly SourceName[];
  readonly differing?: Partial<AuditReport>;
  readonly isFirst?: boolean;
  /** The day that it is audited on, counted from the first. */
  readonly day?: number;
}

/** A route over several nights: what it knows is kept from one to the next. */
const routeOver = (told: NewsRoute = route(), isKnown = true) => {
  const marker = { route: 'security', accountId: ACCOUNT, key: `baseline ${ACCOUNT}`, stance: 'told' };
  let known = new Map<string, Told>(isKnown ? [[marker.key, { ...marker, asOf: NIGHT, toldAt: NIGHT }]] : []);
  let day = 0;
  return ({ findings = [], unread = [], differing = {}, isFirst = false, ...night }: Night) => {
    day = night.day ?? day + 1;
    const at: Instant = addDays(NIGHT, day);
    const coverage = [
      ...unread.map((source) => ({ source, status: 'denied', detail: 'was denied', affects: ['a'] }) as const),
      { source: 'authorization-details', status: 'read', detail: 'read', affects: [] } as const,
      ...(unread.includes('mfa-devices')
        ? []
        : [{ source: 'mfa-devices', status: 'read', detail: 'read', affects: [] } as const]),
    ];
    const report: AuditReport = {
      ...exampleReport,
      principals: [],
      run: { ...exampleReport.run, id: at, startedAt: at, finishedAt: at, baselineRunId: isFirst ? null : 'before' },
      accounts: [{ accountId: ACCOUNT, alias: 'prod', collectedAt: at, complete: true, coverage }],
      findings,
      ...differing,
    };
    const news = newsOfAudit({
      report,
      firstSeen: new Set(isFirst ? [ACCOUNT] : []),
      routes: [told],
      told: [...known.values()],
      link: null,
      at,
    });
    known = new Map([...known, ...news.told.map((row) => [row.key, row] as const)]);
    return {
      items: news.alerts.flatMap(({ items }) => items.map(({ key, transition }) => `${key} ${transition}`)),
      gaps: news.alerts.flatMap(({ gaps }) => gaps.map(({ source }) => source)),
      notices: news.alerts.flatMap(({ notices }) => notices.map(({ kind }) => kind)),
      texts: news.alerts.flatMap(({ notices }) => notices.map(({ text }) => text)),
      alerts: news.alerts,
    };
  };
};

const found = (state: Finding['state'], differing: Partial<Finding> = {}): Finding => ({
  ...findingOf({ severity: 'high', firstSeen: NIGHT, ...differing }),
  key: differing.key ?? 'a',
  state,
});

describe('a finding is told', () => {
  it('once, and again when it comes back, though the route does not hear that it was gone', () => {
    const night = routeOver();
    const states = ['new', 'open', 'resolved', 'reopened', 'open', 'resolved', 'reopened'] as const;
    expect(states.map((state) => night({ findings: [found(state)] }).items)).toEqual([
      ['a new'],
      [],
      [],
      ['a reopened'],
      [],
      [],
      ['a reopened'],
    ]);
  });

  it('when it is resolved to a route that wants that, once', () => {
    const night = routeOver(route({ resolved: true }));
    expect(
      (['new', 'resolved', 'resolved'] as const).map((state) => night({ findings: [found(state)] }).items),
    ).toEqual([['a new'], ['a resolved'], []]);
  });

  it('but once where the same night is audited again', () => {
    const night = routeOver();
    for (const state of ['new', 'worsened'] as const) {
      night({
        day: state === 'new' ? 1 : 2,
        findings: [found(state, { severity: state === 'new' ? 'high' : 'critical' })],
      });
    }
    expect(night({ day: 2, findings: [found('worsened', { severity: 'critical' })] }).items).toEqual([]);
  });

  it('but once where the history lost the night before', () => {
    const night = routeOver();
    night({ findings: [found('new')] });
    expect(night({ findings: [found('new')] }).items).toEqual([]);
    expect(night({ findings: [found('new')], isFirst: true }).items).toEqual([]);
  });

  it('each time that it becomes worse than the night before', () => {
    const night = routeOver();
    expect([
      night({ findings: [found('new')] }).items,
      night({ findings: [found('worsened', { severity: 'critical' })] }).items,
      night({ findings: [found('open')] }).items,
      night({ findings: [found('worsened', { severity: 'critical' })] }).items,
      // Worse in a way that is not seen in severity or path.
      night({ findings: [found('worsened', { severity: 'critical' })] }).items,
    ]).toEqual([['a new'], ['a worsened'], [], ['a worsened'], ['a worsened']]);
  });

  it('when it becomes severe enough for the route', () => {
    const night = routeOver();
    expect(night({ findings: [found('new', { severity: 'low' })] }).items).toEqual([]);
    expect(night({ findings: [found('worsened', { severity: 'high' })] }).items).toEqual(['a worsened']);
  });

  it('when what suppressed it is over', () => {
    const night = routeOver();
    const states = ['new', 'suppressed', 'reopened'] as const;
    expect(states.map((state) => night({ findings: [found(state)] }).items)).toEqual([['a new'], [], ['a reopened']]);
  });

  it('not again after a night that could not judge it, and not of a night that is past', () => {
    const night = routeOver();
    const states = ['new', 'not-evaluated', 'open'] as const;
    expect(states.map((state) => night({ findings: [found(state)] }).items)).toEqual([['a new'], [], []]);
    night({ day: 9, findings: [found('worsened', { severity: 'critical' })] });
    expect(night({ day: 5, findings: [found('new')] }).items).toEqual([]);
  });

  it('with who made the change behind it last', () => {
    const actor = {
      arn: 'arn:aws:iam::123456789012:user/eve',
      at: NIGHT,
      request: 'iam:AttachUserPolicy',
      sourceIp: null,
    };
    const { alerts } = routeOver()({ findings: [found('new', { by: [actor] })] });
    expect(alerts[0]?.items[0]?.by).toEqual(actor);
  });
});

describe('what came to pass at audits that told nobody', () => {
  it('is told at the next that does', () => {
    const unheard = routeOver();
    expect(unheard({ findings: [found('open')] }).items).toEqual(['a open']);
    expect(unheard({ findings: [found('open', { severity: 'critical' })] }).items).toEqual(['a worsened']);
    // Resolved and gone from the report; when it is back, and when somebody else has heard of that, it is told.
    expect(unheard({ findings: [] }).items).toEqual([]);
    expect(unheard({ findings: [found('reopened', { severity: 'critical' })] }).items).toEqual(['a reopened']);
    unheard({ findings: [found('suppressed')] });
    expect(unheard({ findings: [found('open')] }).items).toEqual(['a reopened']);
  });

  it('is told in short to a route that is told of the account for the first time', () => {
    const night = routeOver(route(), false);
    expect(night({ findings: [found('open')] }).texts).toEqual([
      'This is the first audit of `prod` that this route is told of: 1 finding is open, 1 high. From now on what changes is told.',
    ]);
    expect(night({ findings: [found('open')] }).alerts).toEqual([]);
  });
});

describe('the first audit of an account', () => {
  it('is told in short: the worst, and how many there are', () => {
    const findings = Array.from({ length: 12 }, (_, index) =>
      found('new', { key: `f${String(index).padStart(2, '0')}`, severity: index === 7 ? 'critical' : 'high' }),
    );
    const night = routeOver();
    const { items, texts } = night({ findings, isFirst: true });
    expect(items).toHaveLength(5);
    expect(items[0]).toBe('f07 open');
    expect(texts).toEqual([
      'This is the first audit of `prod`: 12 findings are open, 1 critical and 11 high. Here are the worst 5. From now on what changes is told.',
    ]);
    // The next night what was only counted is known.
    expect(night({ findings: findings.map((finding) => ({ ...finding, state: 'open' as const })) }).items).toEqual([]);
  });

  it('is one message for many accounts', () => {
    const ids = Array.from({ length: 30 }, (_, index) => String(100_000_000_000 + index));
    const findings = ids.map((accountId) => found('new', { key: accountId, accountId }));
    const accounts = ids.map((accountId) => ({
      accountId,
      alias: null,
      collectedAt: NIGHT,
      complete: true,
      coverage: [],
    }));
    const { alerts, told } = newsOfAudit({
      report: { ...exampleReport, accounts, findings },
      firstSeen: new Set(ids),
      routes: [route()],
      told: [],
      link: null,
      at: NIGHT,
    });
    expect([alerts.length, alerts[0]?.items.length, alerts[0]?.notices.length, told.length]).toEqual([1, 30, 30, 60]);
    expect(alerts[0] && `${alertAccount(alerts[0])}: ${alertHeadline(alerts[0])}`).toBe('30 accounts: first audit');
  });

  it('is no message where there is nothing for the route', () => {
    expect(routeOver()({ findings: [found('new', { severity: 'low' })], isFirst: true }).alerts).toEqual([]);
  });
});

describe('what could not be read', () => {
  it('is told the first night, and when it was read again', () => {
    const night = routeOver();
    const nights = ([[], ['mfa-devices'], ['mfa-devices'], [], []] as const).map((unread) => night({ unread }));
    expect(nights.map(({ gaps, notices }) => [...gaps, ...notices])).toEqual([
      [],
      ['mfa-devices'],
      [],
      ['gap-ended'],
      [],
    ]);
  });

  it('is nothing to a route that wants none of it', () => {
    expect(routeOver(route({ gaps: false }))({ unread: ['mfa-devices'] }).alerts).toEqual([]);
  });
});

describe('an account that was to be audited', () => {
  type Status = ExpectedAccount['status'];
  const expectedOf = (accountId: string, status: Status, reason = 'the role cannot be assumed'): ExpectedAccount => ({
    accountId,
    name: accountId === OTHER ? 'payments' : null,
    group: null,
    status,
    reason: status === 'failed' ? reason : null,
    lastRead: null,
    droppedOut: status === 'failed',
  });
  const OTHER = '222222222222';
  const THIRD = '333333333333';
  const expected = (...statuses: readonly [Status, ...Status[]]) => ({
    differing: { expected: statuses.map((status, index) => expectedOf([OTHER, THIRD][index] ?? '', status)) },
  });

  it('is told to be missing once, and to be back', () => {
    const night = routeOver();
    const nights = (['collected', 'failed', 'failed', 'collected', 'failed', 'suspended'] as const).map((status) =>
      night(expected(status)),
    );
    expect(nights.map(({ notices }) => notices)).toEqual([
      [],
      ['account-missing'],
      [],
      ['account-back'],
      ['account-missing'],
      [],
    ]);
    expect(nights[1]?.alerts[0]?.account).toEqual({ id: OTHER, alias: 'payments' });
    expect(nights[1]?.texts).toEqual([
      '`payments` could not be audited: the role cannot be assumed; no audit is known that read it.',
    ]);
  });

  it('is nothing to a route for others', () => {
    expect(routeOver(route({ accounts: [ACCOUNT] }))(expected('failed', 'failed')).alerts).toEqual([]);
    const [alert] = routeOver(route({ accounts: [THIRD] }))(expected('failed', 'failed')).alerts;
    expect(alert?.account?.id).toBe(THIRD);
  });

  it('is told of together with others that are missing, each once, and so is that they are back', () => {
    const night = routeOver();
    const nights = [
      expected('failed', 'failed'),
      expected('failed', 'failed'),
      expected('collected', 'failed'),
      expected('collected', 'collected'),
      expected('failed', 'collected'),
      expected('collected', 'failed'),
      expected('collected', 'collected'),
    ].map(night);
    expect(nights.map(({ alerts }) => alerts.length)).toEqual([1, 0, 1, 1, 1, 1, 1]);
    expect(nights.map(({ notices }) => notices)).toEqual([
      ['account-missing'],
      [],
      ['account-back'],
      ['account-back', 'all-back'],
      ['account-missing'],
      ['account-missing', 'account-back'],
      ['account-back', 'all-back'],
    ]);
    const [both, , , , , swapped] = nights.map(({ alerts: [alert] }) => alert);
    expect(both && `${alertAccount(both)}: ${alertHeadline(both)}`).toBe('2 accounts: missing from the audit');
    expect(both).toMatchObject({ account: null, accountIds: [OTHER, THIRD], items: [] });
    expect(swapped).toMatchObject({ account: null, accountIds: [THIRD, OTHER] });
  });

  it('is told of in one message a night, however many there are', () => {
    const ids = Array.from({ length: 400 }, (_, index) => String(100_000_000_000 + index));
    const night = routeOver();
    const differing = (status: Status, count = 400) => ({
      expected: ids.map((id, index) =>
        expectedOf(
          id,
          index < count ? status : 'collected',
          index === 7 ? 'the night was over' : `role \`arn:aws:iam::${id}:role/vigil\` cannot be assumed`,
        ),
      ),
    });
    const first = night({ differing: differing('failed', 399) });
    expect(first.alerts).toHaveLength(1);
    expect(first.texts).toEqual([
      '399 accounts are missing, for 2 reasons.',
      '398 accounts (`100000000000`, `100000000001`, `100000000002`, `100000000003` and 394 more) could not be audited; ' +
        'no audit is known that read any of them: role `arn:aws:iam::ACCOUNT:role/vigil` cannot be assumed.',
      '`100000000007` could not be audited: the night was over; no audit is known that read it.',
    ]);
    // One that is new among them is told alone.
    expect(night({ differing: differing('failed') }).texts).toEqual([
      '`100000000399` could not be audited: role `arn:aws:iam::100000000399:role/vigil` cannot be assumed; no audit is known that read it.',
    ]);
    expect(night({ differing: differing('collected') }).texts).toEqual([
      '400 accounts (`100000000000`, `100000000001`, `100000000002`, `100000000003` and 396 more) were audited again.',
      'None of the accounts that went missing together is missing any more.',
    ]);
  });

  it('counts the reasons that there is no room for', () => {
    const statuses = Array.from({ length: 20 }, (_, index) =>
      expectedOf(String(100_000_000_000 + index), 'failed', `reason ${String(index)}`),
    );
    const { texts } = routeOver()({ differing: { expected: statuses } });
    expect(texts).toHaveLength(6);
    expect(texts.at(0)).toBe('20 accounts are missing, for 20 reasons.');
    expect(texts.at(-1)).toMatch(/^16 more accounts for 16 other reasons: `100000000004`, .* and 12 more\.$/);
  });

  it('is told to the owners of what is open in it, and to others only where it was never read', () => {
    const owned = found('new', { owner: 'platform', accountId: ACCOUNT });
    const night = routeOver(route({ owners: ['platform'] }));
    expect(night({ findings: [owned] }).items).toEqual(['a new']);
    const lastRead = { runId: '20260101T023000Z', startedAt: NIGHT };
    const read = [ACCOUNT, OTHER].map((id) => ({ ...expectedOf(id, 'failed'), lastRead }));
    const [alert, ...more] = night({ differing: { accounts: [], expected: read } }).alerts;
    expect([alert?.account?.id, more]).toEqual([ACCOUNT, []]);
    const never = { accounts: [], expected: [...read, expectedOf(THIRD, 'failed')] };
    expect(night({ differing: never }).alerts.map(({ account }) => account?.id)).toEqual([THIRD]);
    const back = [ACCOUNT, OTHER, THIRD].map((id) => expectedOf(id, 'collected'));
    expect(night({ findings: [owned], differing: { expected: back } }).notices).toEqual(['account-back']);
  });

  it('keeps what the route knows of its findings, where what is told is that the night is over', () => {
    const night = routeOver();
    night({ findings: [found('new')] });
    for (const status of ['collected', 'failed'] as const) {
      night({ differing: { accounts: [], expected: [expectedOf(ACCOUNT, status)] } });
      expect(night({ findings: [found('open')] }).items).toEqual([]);
    }
  });
});

describe('a suppression', () => {
  const status = (notice: 14 | 7 | 1 | null, verdict: 'suppressed' | 'expired' = 'suppressed'): SuppressionStatus => ({
    rule: {
      file: 'suppressions.yaml',
      line: 12,
      check: 'user-access-key-not-rotated',
      principal: 'alice',
      resource: null,
      account: null,
      part: null,
      glob: false,
      reason: 'accepted-risk',
      justification: 'j',
      owner: 'platform',
      approver: 'b',
      ticket: null,
      created: null,
      expires: addDays(NIGHT, 30),
      pin: null,
    },
    matches: [{ key: 'a', verdict }],
    daysLeft: notice ?? -1,
    notice,
  });
  const nights = (told: NewsRoute) => {
    const night = routeOver(told);
    const statuses = [
      status(null),
      status(14),
      status(14),
      status(7),
      status(1),
      status(null, 'expired'),
      status(null, 'expired'),
    ];
    return statuses.map(
      (one) => night({ findings: [found('suppressed')], differing: { suppressions: [one] } }).notices.length,
    );
  };

  it('is told to its owner 14, 7 and 1 days before it expires, and when it has', () => {
    expect(nights(route({ owners: ['platform'] }))).toEqual([0, 1, 0, 1, 1, 1, 0]);
  });

  it('is nothing to other owners, or to a route of worse', () => {
    expect(nights(route({ owners: ['data'] }))).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(nights(route({ severity: 'critical' }))).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('a route is reminded', () => {
  it('of what stays open, once a period', () => {
    const night = routeOver(route({ remindAfterDays: { high: 7 } }));
    const told = Array.from(
      { length: 16 },
      (_, index) => night({ findings: [found(index === 0 ? 'new' : 'open')] }).items,
    );
    // Told on day 1, again on day 8 and on day 15.
    expect(told.flatMap((items, index) => items.map((item) => `${String(index + 1)}: ${item}`))).toEqual([
      '1: a new',
      '8: a still-open',
      '15: a still-open',
    ]);
  });

  it('not of what is suppressed, nor of what it sets no days for', () => {
    const told = route({ remindAfterDays: { high: 7 } });
    for (const differing of [{ state: 'suppressed' }, { severity: 'critical' }] as const) {
      const night = routeOver(told);
      night({ day: 1, findings: [found('new', { severity: 'critical' })] });
      expect(night({ day: 9, findings: [{ ...found('open'), ...differing }] }).items).toEqual([]);
    }
  });
});

describe('a heartbeat', () => {
  it('says once a week that nothing was to be told, counted from the last message', () => {
    const night = routeOver(route({ heartbeat: 'weekly' }));
    const told = Array.from({ length: 20 }, (_, index) =>
      night({ findings: index < 4 ? [] : [found(index === 4 ? 'new' : 'open')] }),
    );
    // Day 5 has news; a week later, on day 12, and on day 19 there was none since.
    expect(told.flatMap(({ texts }, index) => texts.map((text) => `${String(index + 1)}: ${text}`))).toEqual([
      '12: 7 audits since 7 Mar 2026, and nothing new. 1 finding that was told is open.',
      '19: 7 audits since 14 Mar 2026, and nothing new. 1 finding that was told is open.',
    ]);
  });

  it('is for routes that want it', () => {
    const night = routeOver();
    expect(Array.from({ length: 20 }, () => night({}).alerts.length)).toEqual(Array(20).fill(0));
  });
});

describe('who becomes administrator', () => {
  const arn = (name: string): string => `arn:aws:iam::${ACCOUNT}:user/${name}`;
  const administrators = (...names: readonly string[]): Partial<AuditReport> => ({
    principals: ['ada', 'bob'].map((name) => ({
      arn: arn(name),
      type: 'user',
      administrator: names.includes(name) ? 'yes' : 'no',
      escalates: 'no',
    })),
  });

  it('is told once, and again when it becomes one anew; those of the first night are known', () => {
    const night = routeOver(route(), false);
    const nights = [['ada'], ['ada', 'bob'], ['ada', 'bob'], ['ada'], ['ada', 'bob']];
    expect(
      nights.map((names, index) => night({ differing: administrators(...names), isFirst: index === 0 }).texts),
    ).toEqual([[], ['User `bob` is an administrator now.'], [], [], ['User `bob` is an administrator now.']]);
  });

  it('is told with who did it, the latest first', () => {
    const night = routeOver();
    night({ differing: administrators() });
    const change = (request: string, hour: string) =>
      ({
        accountId: ACCOUNT,
        kind: 'policies',
        subject: { arn: arn('bob'), type: 'User', id: 'AIDABOB', part: null },
        before: null,
        after: null,
        by: [{ arn: arn('eve'), at: `2026-03-02T${hour}:00:00Z` as Instant, request, sourceIp: null }],
      }) as const;
    const changes = [change('iam:CreateUser', '01'), change('iam:AttachUserPolicy', '02')];
    expect(night({ differing: { ...administrators('bob'), changes } }).texts).toEqual([
      `User \`bob\` is an administrator now: \`${arn('eve')}\` sent \`iam:AttachUserPolicy\` on 2 Mar 2026, 02:00 UTC.`,
    ]);
  });

  it.each([
    ['what an owner answers for', { owners: ['payments'] }],
    ['credentials alone', { categories: ['credentials'] }],
  ] as const)('is not told to a route that is told of %s', (_what, differing) => {
    const night = routeOver(route(differing));
    night({ differing: administrators() });
    expect(night({ differing: administrators('ada') }).texts).toEqual([]);
  });
});
