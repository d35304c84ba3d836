import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

/** A broken file: what is wrong, its text, `line:column: place` of the refusal, and the mend that it tells. */
type Broken = readonly [what: string, text: string, where: string, mend: string];

const SLACK = 'name: a, channel: slack, url: { env: HOOK }';
const bomb = (): string => {
  const names = [...'abcdefgh'];
  const line = (name: string, index: number): string =>
    `${name}: &${name} [${Array.from({ length: 9 }, () => (index === 0 ? 'x' : `*${names[index - 1]}`)).join(', ')}]`;
  return names.map(line).join('\n');
};

const NOT_YAML: readonly Broken[] = [
  ['a bracket that is not closed', 'aws: {', '1:7: not YAML', 'close the bracket'],
  ['a quote that is not closed', 'aws:\n  region: "eu\n', '3:1: not YAML', 'close the quote'],
  ['a tab as indentation', 'aws:\n\tregion: eu-west-1', '2:1: not YAML', 'indent with spaces'],
  ['a key twice', 'aws:\n  region: a\n  region: b', '3:3: not YAML', 'keep one of the two'],
  ['a section twice', 'aws: {}\nreport: {}\naws: {}', '3:1: not YAML', 'keep one of the two'],
  ['two documents', 'aws: {}\n---\naws: {}', '2:1: not one document', 'put all into one'],
  ['a colon in plain text', 'report: { directory: a }\naws:\n  profile: team: a', '3:12: not YAML', 'in quotes'],
  ['indentation that does not fit', 'aws:\n    region: a\n  profile: b', '3:1: not YAML', 'indent'],
  ['text that begins with @', 'aws: { profile: @home }', '1:17: not YAML', 'put the text in quotes'],
  ['a Windows path in double quotes', 'report: { directory: "C:\\data" }', '1:25: not YAML', 'single quotes'],
  ['an alias of nothing', 'aws: { profile: *home }', '1:17: not YAML', 'write the value out'],
  ['a tag', 'aws: { externalId: !secret x }', '1:20: not YAML', 'without it'],
  ['aliases that multiply', bomb(), '1:1: the file', 'write the values out'],
  ['nesting without end', '['.repeat(20_000), '1:1: the file', 'nested'],
  ['a list', '- aws', '1:1: the file', 'write it as `{ key: value }`'],
  ['text alone', 'region eu-west-1', '1:1: the file', '`key: value`'],
];

const UNKNOWN: readonly Broken[] = [
  ['a section', 'awss: {}', '1:1: the file', 'did you mean `aws`?'],
  ['an option', 'aws:\n  regoin: x', '2:3: aws', 'did you mean `region`?'],
  [
    'an option like no other',
    'audit: { colour: red }',
    '1:10: audit',
    'there are `failOn`, `failOnNew`, `requireComplete`',
  ],
  [
    'a key of an account',
    'accounts: { list: [{ rolArn: a, id: "111122223333" }] }',
    '1:22: accounts.list.0',
    '`roleArn`?',
  ],
  ['a key of the organization', 'accounts:\n  organization: { role: a }', '2:19: accounts.organization', '`roleName`'],
  ['a key of a route', `alerts: { routes: [{ ${SLACK}, severty: low }] }`, '1:67: alerts.routes.0', '`severity`?'],
  [
    'a key of a secret',
    'alerts: { routes: [{ name: a, channel: slack, url: { envv: A } }] }',
    '1:54: alerts.routes.0.url',
    '`env`?',
  ],
  ['a key of a group', 'daemon: { groups: [{ name: a, crom: "0 2 * * *" }] }', '1:31: daemon.groups.0', '`cron`?'],
  ['a key of a rule', 'owners: { rules: [{ pth: /a/, owner: b }] }', '1:21: owners.rules.0', '`path`?'],
  ['a severity of a limit', 'suppressions: { maxDays: { hihg: 3 } }', '1:28: suppressions.maxDays', '`high`?'],
  [
    'a key of a trusted account',
    'checks: { trustedAccounts: [{ id: "111122223333", nam: a, name: b }] }',
    '1:51: checks.trustedAccounts.0',
    '`name`?',
  ],
  [
    'a merge of another section',
    'aws: &a { region: b }\nreport:\n  <<: *a',
    '3:3: report',
    'there are `directory`, `formats`',
  ],
];

const WRONG_KIND: readonly Broken[] = [
  ['a section without anything', 'aws:\nreport: {}', '1:5: aws', 'give it one, or take it out'],
  ['an option without a value', 'aws:\n  region:\n', '2:10: aws.region', 'is empty'],
  ['a number for text', 'aws: { profile: 3 }', '1:17: aws.profile', 'put it in quotes'],
  ['a truth for text', 'aws: { region: true }', '1:16: aws.region', 'put it in quotes'],
  ['a list for text', 'report:\n  directory: [1]', '2:14: report.directory', 'must be text, but is a list'],
  ['text for a list', 'accounts: { list: all }', '1:19: accounts.list', 'write it as `[a, b]`'],
  ['text for a section', 'collect: everything', '1:10: collect', 'indented lines `key: value`'],
  ['text for a truth', 'audit: { requireComplete: perhaps }', '1:27: audit.requireComplete', '`true` or `false`'],
  ['text for a number', 'aws: { maxConcurrency: many }', '1:24: aws.maxConcurrency', 'must be a number'],
  ['nothing for a number', 'collect: { cacheHours: }', '1:24: collect.cacheHours', 'must be a number'],
  ['a truth for a number', 'history: { maxRuns: true }', '1:21: history.maxRuns', 'must be a number'],
  ['half a number', 'history: { maxRuns: 1.5 }', '1:21: history.maxRuns', 'a whole number'],
  ['keys for a list', 'owners: { rules: { tag: a } }', '1:18: owners.rules', 'lines that begin with `- `'],
];

const OUT_OF_RANGE: readonly Broken[] = [
  ['too few calls at once', 'aws: { maxConcurrency: 0 }', '1:24: aws.maxConcurrency', 'at least 1'],
  ['too many calls at once', 'aws: { maxConcurrency: 65 }', '1:24: aws.maxConcurrency', 'at most 64'],
  ['too many accounts at once', 'accounts: { maxConcurrency: 17 }', '1:29: accounts.maxConcurrency', 'at most 16'],
  ['days that CloudTrail has not', 'collect: { cloudTrailDays: 91 }', '1:28: collect.cloudTrailDays', 'at most 90'],
  [
    'a suppression of no day',
    'suppressions: { maxDays: { high: 0 } }',
    '1:34: suppressions.maxDays.high',
    'at least 1',
  ],
  ['a report in no format', 'report: { formats: [] }', '1:20: report.formats', 'at least 1 entry'],
  ['a directory without a name', 'report: { directory: "" }', '1:22: report.directory', 'at least 1 character'],
  [
    'an organization of no account',
    'accounts: { organization: { roleName: a, allow: [] } }',
    '1:49: accounts.organization.allow',
    'leave `allow` out',
  ],
  [
    'a port that there is not',
    `alerts: { routes: [{ name: a, channel: email, host: h, port: 70000, from: a@b.c, to: [a@b.c] }] }`,
    '1:62: alerts.routes.0.port',
    'at most 65535',
  ],
];

const NO_SUCH_VALUE: readonly Broken[] = [
  ['a severity', 'audit: { failOn: hihg }', '1:18: audit.failOn', 'did you mean `high`?'],
  ['a format', 'report: { formats: [html, pdff] }', '1:27: report.formats.1', 'one of `html`'],
  ['a channel', 'alerts: { routes: [{ name: a, channel: slak }] }', '1:40: alerts.routes.0.channel', 'slack, email'],
  [
    'a category',
    `alerts: { routes: [{ ${SLACK}, categories: [extrenal] }] }`,
    '1:80: alerts.routes.0.categories.0',
    '`external`?',
  ],
  ['a role ARN', 'aws: { roleArn: vigil }', '1:17: aws.roleArn', 'such as `arn:aws:iam::111122223333:role/vigil`'],
  [
    'the ARN of a user for a role',
    'accounts: { list: [{ roleArn: "arn:aws:iam::111122223333:user/a" }] }',
    '1:31: accounts.list.0.roleArn',
    'the ARN of a role',
  ],
  [
    'an account id of eleven digits',
    'accounts: { list: [{ id: "11112222333" }] }',
    '1:26: accounts.list.0.id',
    '12 digits of an account, in quotes',
  ],
  [
    'an account id that lost its quotes',
    'accounts: { list: [{ id: 012345678901 }] }',
    '1:26: accounts.list.0.id',
    'in quotes',
  ],
  [
    'a trusted account without quotes',
    'checks: { trustedAccounts: [{ id: 444455556666, name: a }] }',
    '1:35: checks.trustedAccounts.0.id',
    'in quotes',
  ],
  [
    'the ARN of a role for its name',
    'accounts: { organization: { roleName: "arn:aws:iam::111122223333:role/a" } }',
    '1:39: accounts.organization.roleName',
    'not its ARN',
  ],
  [
    'a unit',
    'accounts: { organization: { roleName: a, deny: [ou-1] } }',
    '1:49: accounts.organization.deny.0',
    'such as `ou-ab12-11111111`',
  ],
  [
    'an external id with a space',
    'accounts: { organization: { roleName: a, externalId: "a b" } }',
    '1:54: accounts.organization.externalId',
    'as AWS takes them',
  ],
  ['an endpoint', 'aws: { endpointUrl: localhost }', '1:21: aws.endpointUrl', 'such as `http://127.0.0.1:4599`'],
  ['a region', 'collect: { regions: [europe] }', '1:22: collect.regions.0', 'such as `eu-central-1`'],
  [
    'a cron of four fields',
    'daemon: { groups: [{ name: a, cron: "30 2 * *" }] }',
    '1:37: daemon.groups.0.cron',
    '30 2 * *',
  ],
  [
    'a cron that never comes',
    'daemon: { groups: [{ name: a, cron: "0 0 31 2 *" }] }',
    '1:37: daemon.groups.0.cron',
    'impossible day of month',
  ],
  [
    'a time zone',
    'daemon: { groups: [{ name: a, cron: "0 2 * * *", timeZone: Mars/Base }] }',
    '1:60: daemon.groups.0.timeZone',
    'is not a time zone',
  ],
  [
    'a mail address',
    'alerts: { routes: [{ name: a, channel: email, host: h, from: me, to: [a@b.c] }] }',
    '1:62: alerts.routes.0.from',
    'such as `vigil@example.com`',
  ],
  [
    'the ARN of a topic',
    'alerts: { routes: [{ name: a, channel: sns, topicArn: t }] }',
    '1:55: alerts.routes.0.topicArn',
    'such as `arn:aws:sns:',
  ],
  [
    'the path of an owner',
    'owners: { rules: [{ path: team, owner: a }] }',
    '1:27: owners.rules.0.path',
    'such as `/team-a/`',
  ],
  ['a crown jewel', 'escalation: { crownJewels: [admin] }', '1:29: escalation.crownJewels.0', 'must be ARNs'],
  [
    'a date',
    'checks: { trustedAccounts: [{ id: "111122223333", name: a, expires: soon }] }',
    '1:69: checks.trustedAccounts.0.expires',
    '`2027-01-31`',
  ],
];

const CONTRADICTORY: readonly Broken[] = [
  [
    'a secret in the open',
    'alerts: { routes: [{ name: a, channel: slack, url: "https://hooks.example.com/TOP-SECRET" }] }',
    '1:52: alerts.routes.0.url',
    '`{ env: NAME }` or `{ file: PATH }`',
  ],
  [
    'a password in the URL of the history',
    'history: { url: "postgres://vigil:TOP-SECRET@db.example.com/audits" }',
    '1:17: history.url',
    '`password: { env: NAME }`',
  ],
  [
    'a database without a name',
    'history: { url: "postgres://vigil:TOP-SECRET@db.example.com" }',
    '1:17: history.url',
    'names no database',
  ],
  [
    'a secret in two places',
    'alerts: { routes: [{ name: a, channel: slack, url: { env: A, file: b } }] }',
    '1:52: alerts.routes.0.url',
    'one of `env` and `file`',
  ],
  [
    'a secret nowhere',
    'alerts: { routes: [{ name: a, channel: slack }] }',
    '1:20: alerts.routes.0.url',
    '`{ env: NAME }`',
  ],
  [
    'two routes of a name',
    `alerts:\n  routes:\n    - { ${SLACK} }\n    - { ${SLACK} }`,
    '4:15: alerts.routes.1.name',
    'give each a name of its own',
  ],
  [
    'a password in the open',
    'alerts: { routes: [{ name: a, channel: email, host: h, from: a@b.c, to: [a@b.c], user: u, password: { env: P }, security: none }] }',
    '1:123: alerts.routes.0.security',
    'use `starttls` or `tls`',
  ],
  [
    'a user without a password',
    'alerts: { routes: [{ name: a, channel: email, host: h, from: a@b.c, to: [a@b.c], user: u }] }',
    '1:20: alerts.routes.0',
    'both `user` and `password`',
  ],
  [
    'a route for nobody',
    `owners: { rules: [{ path: /a/, owner: team-a }] }\nalerts: { routes: [{ ${SLACK}, owners: [team-b] }] }`,
    '2:76: alerts.routes.0.owners.0',
    'add one, or mend the name',
  ],
  [
    'an external id without a role',
    'accounts: { list: [{ profile: a, externalId: abc }] }',
    '1:46: accounts.list.0.externalId',
    'give the role',
  ],
  [
    'an id that the role contradicts',
    'accounts:\n  list:\n    - id: "111122223333"\n      roleArn: arn:aws:iam::444455556666:role/a',
    '3:11: accounts.list.0.id',
    'mend one of them',
  ],
  ['an account that is not said', 'accounts: { list: [{ name: a }] }', '1:20: accounts.list.0', 'give its `roleArn`'],
  [
    'an account twice',
    'accounts: { list: [{ id: "111122223333" }, { id: "111122223333" }] }',
    '1:50: accounts.list.1.id',
    'take one of the two out',
  ],
  [
    'an account allowed and denied',
    'accounts: { organization: { roleName: a, allow: ["111122223333"], deny: ["111122223333"] } }',
    '1:74: accounts.organization.deny.0',
    'take it out of one of them',
  ],
  [
    'a group of an account that is not listed',
    'accounts: { list: [{ name: a, profile: p }] }\ndaemon: { groups: [{ name: n, cron: "0 2 * * *", accounts: [b] }] }',
    '2:61: daemon.groups.0.accounts.0',
    'no entry of `accounts.list` is called `b`',
  ],
  [
    'two groups of a name',
    'daemon:\n  groups:\n    - { name: a, cron: "0 2 * * *" }\n    - { name: a, cron: "0 3 * * *" }',
    '4:15: daemon.groups.1.name',
    'give each a name of its own',
  ],
  [
    'an owner by nothing',
    'owners: { rules: [{ owner: a }] }',
    '1:19: owners.rules.0',
    'one of `tag`, `path`, `account` and `pattern`',
  ],
  ['an owner by two things', 'owners: { rules: [{ tag: a, path: /b/ }] }', '1:19: owners.rules.0', 'must have one of'],
  ['a queue for nobody', 'queue:\n  enabled: true', '2:12: queue.enabled', 'name some'],
  ['a path of nobody', 'owners: { rules: [{ path: /b/ }] }', '1:19: owners.rules.0', 'must say who the `owner` is'],
];

const ALL = [...NOT_YAML, ...UNKNOWN, ...WRONG_KIND, ...OUT_OF_RANGE, ...NO_SUCH_VALUE, ...CONTRADICTORY];

const refusalsOf = (text: string): readonly string[] => {
  const result = loadConfig({ name: 'vigil.yaml', text }, {});
  return result.ok ? [] : result.error;
};

it('knows at least sixty broken configurations', () => {
  expect(new Set(ALL.map(([, text]) => text)).size).toBeGreaterThanOrEqual(60);
});

describe.each([
  ['text that is no YAML', NOT_YAML],
  ['unknown keys', UNKNOWN],
  ['values of a wrong kind', WRONG_KIND],
  ['values out of range', OUT_OF_RANGE],
  ['values that there are not', NO_SUCH_VALUE],
  ['options that contradict each other', CONTRADICTORY],
])('%s', (_, rows) => {
  it.each(rows)('%s is refused with file, line and mend', (_what, text, where, mend) => {
    const refusals = refusalsOf(text);
    expect(refusals.find((refusal) => refusal.startsWith(`vigil.yaml:${where}: `)) ?? refusals).toContain(mend);
    for (const refusal of refusals) expect(refusal).not.toMatch(/\n|TOP-SECRET/);
  });

  it.each(rows)('%s is refused on its line also with CRLF and a byte order mark', (_what, text, where) => {
    const lines = refusalsOf(`\ufeff# Windows\r\n${text.replaceAll('\n', '\r\n')}`).map(
      (refusal) => refusal.split(':')[1],
    );
    // What is about the file as a whole stands on its first line.
    const line = where.endsWith('the file') ? /^[12]$/ : new RegExp(`^${Number(where.split(':', 1)[0]) + 1}$`);
    expect(lines.some((one) => line.test(one ?? ''))).toBe(true);
  });
});

describe('several faults', () => {
  it('are told at once, each on its line', () => {
    const text = 'aws:\n  regoin: a\nreport:\n  formats: [pdf]\naudit:\n  failOn: bad\n';
    expect(
      refusalsOf(text)
        .map((line) => line.split(':')[1])
        .sort(),
    ).toEqual(['2', '4', '6']);
  });
});

describe('an environment variable that is wrong', () => {
  it.each([
    ['VIGIL_AWS_MAX_CONCURRENCY', 'lots', 'must be a number'],
    ['VIGIL_AWS_MAX_CONCURRENCY', '0', 'at least 1'],
    ['VIGIL_AWS_ROLE_ARN', 'vigil', 'must be the ARN of a role'],
    ['VIGIL_AWS_ENDPOINT_URL', 'localhost', 'must be a URL'],
    ['VIGIL_AUDIT_FAIL_ON', 'hihg', 'did you mean `high`?'],
    ['VIGIL_AUDIT_REQUIRE_COMPLETE', 'perhaps', '`true` or `false`'],
    ['VIGIL_REPORT_FORMATS', 'html,pdff', 'one of `html`'],
    ['VIGIL_COLLECT_REGIONS', 'europe', 'such as `eu-central-1`'],
    ['VIGIL_ACCOUNTS_MAX_CONCURRENCY', '99', 'at most 16'],
    ['VIGIL_AWS_REGOIN', 'eu-west-1', 'did you mean `VIGIL_AWS_REGION`?'],
  ])('%s=%s is named with its mend', (name, value, mend) => {
    const result = loadConfig(null, { [name]: value });
    const [refusal = 'accepted'] = result.ok ? [] : result.error;
    expect(refusal).toMatch(new RegExp(`^${name}: `));
    expect(refusal).toContain(mend);
  });

  it('is none that somebody keeps for himself, or that the file names', () => {
    const text = `alerts: { routes: [{ name: a, channel: slack, url: { env: VIGIL_AWS_REGIONS } }] }`;
    expect(loadConfig(null, { VIGIL_DEPLOYMENT: 'blue' }).ok).toBe(true);
    expect(loadConfig({ name: 'vigil.yaml', text }, { VIGIL_AWS_REGIONS: 'https://x' }).ok).toBe(true);
  });
});
