import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { digestTime, timeOfDay } from './route-times.ts';

const load = (route: string) => loadConfig({ name: 'vigil.yaml', text: `alerts:\n  routes:\n    - ${route}\n` }, {});
const SLACK = 'name: a, channel: slack, url: { env: SLACK_URL }';
const MAIL = 'name: a, channel: email, host: smtp.example.com, from: v@example.com, to: [s@example.com]';
const HOOK = 'name: a, channel: webhook, url: { env: URL }, signingKey: { file: /run/key }';

describe('routes of alerts', () => {
  it('are told what is high or worse, and what could not be read, unless they say otherwise', () => {
    const result = load(`{ ${SLACK} }`);
    expect(result.ok && result.value.alerts.routes).toEqual([
      {
        name: 'a',
        channel: 'slack',
        url: { env: 'SLACK_URL' },
        severity: 'high',
        categories: [],
        accounts: [],
        owners: [],
        gaps: true,
        resolved: false,
        timeZone: 'UTC',
      },
    ]);
  });

  it.each([
    MAIL,
    HOOK,
    `${MAIL}, user: u, password: { env: P }`,
    `${MAIL}, attach: [html, findings.csv], attachLimitMegabytes: 25`,
    'name: a, channel: pagerduty, routingKey: { env: KEY }',
    'name: a, channel: sns, topicArn: "arn:aws:sns:eu-west-1:111122223333:vigil"',
    'name: a, channel: eventbridge, eventBus: security, region: eu-west-1',
  ])('can be { %s }', (route) => {
    expect(load(`{ ${route} }`)).toMatchObject({ ok: true });
  });

  it.each([
    ['digest: daily 08:00', { digest: 'daily 08:00' }],
    ['digest: weekly mon 17:30', { digest: 'weekly mon 17:30' }],
    [
      'quietHours: { from: "22:00", to: "07:00" }',
      { quietHours: { from: '22:00', to: '07:00', exceptCritical: false } },
    ],
    ['timeZone: Europe/Berlin', { timeZone: 'Europe/Berlin' }],
    ['heartbeat: weekly', { heartbeat: 'weekly' }],
    ['remindAfterDays: { critical: 7, high: 30 }', { remindAfterDays: { critical: 7, high: 30 } }],
  ])('can have `%s`', (option, expected) => {
    const result = load(`{ ${SLACK}, ${option} }`);
    expect(result.ok && result.value.alerts.routes[0]).toMatchObject(expected);
  });

  it('can ask for the report about all accounts where workers share them', () => {
    const shared = 'queue: { enabled: true }\naccounts: { organization: { roleName: vigil-audit } }';
    const text = (names: string) => `${shared}\nalerts: { routes: [{ ${MAIL}, attach: [${names}] }] }`;
    expect(loadConfig({ name: 'vigil.yaml', text: text('organization.html, organization-paths.csv') }, {}).ok).toBe(
      true,
    );
    const left = loadConfig(
      { name: 'vigil.yaml', text: `report: { formats: [html] }\n${text('organization.json')}` },
      {},
    );
    expect(left.ok ? [] : left.error.join()).toContain('`report.formats` leaves out `json`');
  });

  it('open incidents that close by themselves', () => {
    const result = load('{ name: a, channel: pagerduty, routingKey: { env: KEY } }');
    expect(result.ok && result.value.alerts.routes[0]?.resolved).toBe(true);
  });

  it.each([
    ['no channel', 'name: a', '.channel: must have a `channel`: slack, email, webhook, pagerduty, sns or eventbridge'],
    ['a channel that there is not', 'name: a, channel: teams', '.channel: must have a `channel`: slack'],
    [
      'reports for whom not all accounts are told of',
      `${MAIL}, attach: [html], accounts: ["111122223333"]`,
      '.attach: would tell the route of all accounts',
    ],
    ['a report that there is not', `${MAIL}, attach: [report.pdf]`, '.attach.0: '],
    ['a report that is not made', `${MAIL}, attach: [sarif]`, '.attach.0: `report.formats` leaves out `sarif`: add it'],
    [
      'the report of nights that there are not',
      `${MAIL}, attach: [organization.html]`,
      '.attach.0: `organization.html` is made only where workers share the accounts: turn on `queue.enabled`',
    ],
    ['a limit of nothing', `${MAIL}, attach: [html], attachLimitMegabytes: 0`, '.attachLimitMegabytes: '],
    ['no name', 'channel: slack, url: { env: A }', '.name: '],
    ['a name with blanks', 'name: a b, channel: slack, url: { env: A }', '.name: must be letters'],
    ['a name of nothing', 'name: "", channel: slack, url: { env: A }', '.name: must be letters'],
    [
      'a secret in the file',
      'name: a, channel: slack, url: https://hooks.slack.com/x',
      '.url: must be `{ env: NAME }` or `{ file: PATH }`',
    ],
    ['a secret that is a list', 'name: a, channel: slack, url: [A]', '.url: must be `{ env: NAME }`'],
    ['a secret from nowhere', 'name: a, channel: slack, url: {}', '.url: must have one of `env` and `file`'],
    [
      'a secret from two places',
      'name: a, channel: slack, url: { env: A, file: b }',
      '.url: must have one of `env` and `file`',
    ],
    [
      'a variable with a dollar',
      'name: a, channel: slack, url: { env: $A }',
      '.url.env: must be the name of an environment variable',
    ],
    ['a secret from elsewhere', 'name: a, channel: slack, url: { vault: A }', '.url: unknown key `vault`'],
    ['no address of Slack', 'name: a, channel: slack', '.url: must be `{ env: NAME }` or `{ file: PATH }`'],
    ['a key of another channel', `${SLACK}, signingKey: { env: B }`, ': unknown key `signingKey`'],
    ['a severity that there is not', `${SLACK}, severity: urgent`, '.severity: '],
    ['a category that there is not', `${SLACK}, categories: [iam]`, '.categories.0: '],
    ['an account that is a number', `${SLACK}, accounts: [123456789012]`, '.accounts.0: must be the 12 digits'],
    ['owners that are no list', `${SLACK}, owners: me`, '.owners: must be a list, but is text; write it as `[a, b]`'],
    ['gaps that are neither', `${SLACK}, gaps: maybe`, '.gaps: must be `true` or `false`, but is text'],
    ['a digest at no time', `${SLACK}, digest: daily`, '.digest: must be `daily HH:MM` or `weekly DAY HH:MM`'],
    ['a digest at an hour that there is not', `${SLACK}, digest: daily 24:00`, '.digest: must be `daily HH:MM`'],
    ['a digest on no day', `${SLACK}, digest: weekly 08:00`, '.digest: must be `daily HH:MM`'],
    ['a digest on a day that there is not', `${SLACK}, digest: weekly SUM 08:00`, '.digest: must be `daily HH:MM`'],
    ['a digest that is a number', `${SLACK}, digest: 8`, '.digest: must be `daily HH:MM`'],
    ['quiet hours without an end', `${SLACK}, quietHours: { from: "22:00" }`, '.quietHours.to: must be a time of day'],
    // YAML reads 22:00 without quotes as text, and 7 as a number.
    [
      'quiet hours from a number',
      `${SLACK}, quietHours: { from: 7, to: "08:00" }`,
      '.quietHours.from: must be a time of day',
    ],
    [
      'quiet hours that never end',
      `${SLACK}, quietHours: { from: "07:00", to: "07:00" }`,
      '.quietHours: would never end',
    ],
    [
      'quiet hours of their own zone',
      `${SLACK}, quietHours: { from: "22:00", to: "07:00", timeZone: UTC }`,
      '.quietHours: unknown key `timeZone`',
    ],
    ['a time zone that there is not', `${SLACK}, timeZone: Mars/Olympus`, '.timeZone: must be the name of a time zone'],
    ['a heart that beats by the hour', `${SLACK}, heartbeat: hourly`, '.heartbeat: must be `weekly`'],
    ['a reminder at once', `${SLACK}, remindAfterDays: { critical: 0 }`, '.remindAfterDays.critical: '],
    [
      'a reminder of what there is not',
      `${SLACK}, remindAfterDays: { urgent: 7 }`,
      '.remindAfterDays: unknown key `urgent`',
    ],
    ['no host', 'name: a, channel: email, from: v@e.com, to: [s@e.com]', '.host: '],
    ['a host with a scheme', `${MAIL.replace('smtp.', 'smtp://')}`, '.host: must be the name of an SMTP server'],
    ['a port that there is not', `${MAIL}, port: 70000`, '.port: '],
    ['a sender that is none', MAIL.replace('v@example.com', 'vigil'), '.from: must be a mail address'],
    [
      'a sender of two lines',
      MAIL.replace('v@example.com', '"v@example.com\\nBcc: x@y.z"'),
      '.from: must be a mail address',
    ],
    ['nobody to write to', MAIL.replace('[s@example.com]', '[]'), '.to: '],
    ['a user without password', `${MAIL}, user: u`, ': must have both `user` and `password`, or neither'],
    [
      'a password in the open',
      `${MAIL}, user: u, password: { env: P }, security: none`,
      '.security: would send the password',
    ],
    [
      'a webhook that is not signed',
      'name: a, channel: webhook, url: { env: U }',
      '.signingKey: must be `{ env: NAME }`',
    ],
    [
      'an address of PagerDuty that is none',
      'name: a, channel: pagerduty, routingKey: { env: K }, url: ftp://x',
      '.url: must be a URL',
    ],
    ['a topic that is a name', 'name: a, channel: sns, topicArn: vigil', '.topicArn: must be the ARN of a topic'],
    ['no bus', 'name: a, channel: eventbridge', '.eventBus: '],
  ])('are refused with %s', (_, route, message) => {
    const result = load(`{ ${route} }`);
    const told = result.ok ? '' : result.error.join('\n');
    expect(told).toContain(`alerts.routes.0${message}`);
    expect(told).toMatch(/^vigil\.yaml:3:\d+: /);
    expect(told).not.toContain('hooks.slack.com');
  });

  it.each([
    [
      'two routes of one name',
      `alerts: { routes: [{ ${SLACK} }, { ${HOOK} }] }`,
      'routes.1.name: another route is called `a`',
    ],
    ['an address of reports that is none', 'alerts: { reportUrl: reports }', 'reportUrl: must be the http or https'],
    ['a report at a script', 'alerts: { reportUrl: "javascript:alert(1)" }', 'reportUrl: must be the http or https'],
    ['a patience of hours', 'alerts: { timeoutSeconds: 7200 }', 'timeoutSeconds: '],
    ['a dead route by the hour', 'alerts: { deadAfterDays: 0.5 }', 'deadAfterDays: '],
    ['hope without end', 'alerts: { giveUpAfterDays: 9999 }', 'giveUpAfterDays: '],
    ['an option that there is not', 'alerts: { route: [] }', 'unknown key `route`'],
  ])('are refused with %s, beside the route', (_, text, message) => {
    const result = loadConfig({ name: 'vigil.yaml', text }, {});
    expect(result.ok ? '' : result.error.join('\n')).toContain(message);
  });
});

it.each([
  ['daily 08:00', { at: { hour: 8, minute: 0 }, weekday: null }],
  ['weekly mon 17:30', { at: { hour: 17, minute: 30 }, weekday: 'MON' }],
  ['weekly MON 7:30', null],
])('reads `%s` as a time of digests', (text, expected) => {
  expect(digestTime(text)).toEqual(expected);
});

it('reads a time of day', () => {
  expect([timeOfDay('22:05'), timeOfDay('22:60')]).toEqual([{ hour: 22, minute: 5 }, null]);
});
