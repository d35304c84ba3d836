import type { Alert, AlertItem } from '../../finding/alert.ts';
import type { Instant } from '../../kernel/time.ts';
import { parseInstant } from '../../kernel/time.ts';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

/** The night of the alerts under test. */
export const NIGHT = at('2026-03-02T02:30:00Z');

/** A finding of no interest but for what `differing` says. */
export const itemOf = (differing: Partial<AlertItem> = {}): AlertItem => ({
  key: 'root-user-without-mfa:123456789012:arn:aws:iam::123456789012:root',
  checkId: 'root-user-without-mfa',
  category: 'credentials',
  severity: 'critical',
  transition: 'new',
  who: { name: 'root user', arn: 'arn:aws:iam::123456789012:root', part: null },
  what: { title: 'Root user has no MFA device', summary: 'The root user of `prod` has no MFA device.' },
  why: ['`iam:PassRole` is allowed by statement 1 of `arn:aws:iam::123456789012:policy/deploy`'],
  since: NIGHT,
  by: null,
  owner: null,
  mend: ['Register two MFA devices for the root user.'],
  link: 'https://vigil.example.com/r/1/report.html#f-0123456789ab',
  ...differing,
});

/** An alert of no interest but for what `differing` says. */
export const alertOf = (differing: Partial<Alert> = {}): Alert => ({
  id: '0123456789abcdef0123456789abcdef',
  route: 'security',
  test: false,
  account: { id: '123456789012', alias: 'prod' },
  runId: '20260302T023000Z',
  at: NIGHT,
  sinceBaseline: true,
  items: [itemOf()],
  gaps: [],
  notices: [],
  failure: null,
  link: 'https://vigil.example.com/r/1/report.html',
  ...differing,
});

/** Names that some reader's program would call somebody by, run, open or break at. */
export const HOSTILE =
  '<!channel> <@U012AB3CD> <https://evil.example/a|click> @here `*_~ https://evil.example/b www.evil.example ' +
  '<script>alert(1)</script> "\'&lt;\r\nBcc: victim@example.com\r\n\r\nbody \u202e\u0000{{x}} ${x} __proto__';

/** An alert in which each text that comes from an account is hostile. */
export const hostileAlert = (differing: Partial<Alert> = {}): Alert =>
  alertOf({
    account: { id: '123456789012', alias: HOSTILE },
    items: [
      itemOf({
        key: HOSTILE,
        who: { name: HOSTILE, arn: HOSTILE, part: HOSTILE },
        what: { title: HOSTILE, summary: `\`${HOSTILE}\` may do ${HOSTILE}` },
        why: [HOSTILE],
        by: { arn: HOSTILE, at: NIGHT, request: HOSTILE, sourceIp: HOSTILE },
        owner: HOSTILE,
        mend: [HOSTILE],
      }),
    ],
    gaps: [{ source: 'credential-report', detail: HOSTILE, checks: 2 }],
    notices: [{ kind: 'suppression', text: `\`${HOSTILE}\` and ${HOSTILE}` }],
    failure: HOSTILE,
    ...differing,
  });

const LONG_WHY = Array.from({ length: 50 }, () => '<'.repeat(5000));
const LONG_MEND = Array.from({ length: 50 }, () => '😀'.repeat(5000));

/** Very many findings with very long texts. */
export const flood = (count: number): Alert =>
  alertOf({
    items: Array.from({ length: count }, (_, index) =>
      itemOf({
        key: `key-${String(index)}`,
        severity: index < 3 ? 'critical' : 'high',
        what: { title: 'T'.repeat(5000), summary: '&'.repeat(20_000) },
        why: LONG_WHY,
        mend: LONG_MEND,
      }),
    ),
    notices: Array.from({ length: 60 }, () => ({ kind: 'suppression' as const, text: '<'.repeat(9000) })),
    gaps: Array.from({ length: 60 }, () => ({ source: 'users', detail: '<'.repeat(9000), checks: 3 })),
  });
