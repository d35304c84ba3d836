import type { Alert } from '../finding/alert.ts';
import { addDays, type Instant } from '../kernel/time.ts';

/** An alert about an account that does not exist, to see how a route shows one. */
export const sampleAlert = (route: string, at: Instant, link: string | null): Alert => ({
  id: `test-${at.replaceAll(/[-:]/g, '')}`,
  route,
  test: true,
  account: { id: '123456789012', alias: 'example' },
  runId: null,
  at,
  sinceBaseline: true,
  items: [
    {
      key: 'principal-can-become-administrator:123456789012:AIDAEXAMPLE',
      checkId: 'principal-can-become-administrator',
      category: 'escalation',
      severity: 'critical',
      transition: 'new',
      who: { name: 'deploy-bot', arn: 'arn:aws:iam::123456789012:user/deploy-bot', part: null },
      what: {
        title: 'Principal can become administrator',
        summary: '`deploy-bot` can write a new default version of a policy that is attached to it.',
      },
      why: ['`iam:CreatePolicyVersion` is allowed by statement 1 of `arn:aws:iam::123456789012:policy/deploy`'],
      since: at,
      by: {
        arn: 'arn:aws:iam::123456789012:user/alice',
        at: addDays(at, -1),
        request: 'iam:AttachUserPolicy',
        sourceIp: '192.0.2.10',
      },
      owner: 'platform-team',
      mend: ['Take `iam:CreatePolicyVersion` on attached policies away from `deploy-bot`.'],
      link,
    },
  ],
  gaps: [],
  notices: [],
  failure: null,
  link,
});
