import { beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../finding/audit-report.ts';
import type { Told } from '../finding/told.ts';
import { exampleReport } from '../report/testing/example-report.ts';
import { ENGINES, useEngine } from './testing/engines.ts';
import { at, auditOf, findingAbout, opened, recordAudit } from './testing/history-example.ts';

const ACTOR = {
  arn: 'arn:aws:iam::123456789012:user/alice',
  at: at('2026-02-28T10:00:00Z'),
  request: 'iam:CreateAccessKey',
  sourceIp: null,
};
const night = (day: number) => at(`2026-03-0${day}T02:30:00Z`);
const lives = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ subject, state, firstSeen }) => `${subject.id} ${state} ${firstSeen}`).sort();

const FAILED = {
  accountId: '444455556666',
  name: 'payments',
  group: null,
  status: 'failed' as const,
  reason: 'the role cannot be assumed',
  lastRead: { runId: '20260301T023000Z', startedAt: night(1) },
  droppedOut: true,
};

describe.each(ENGINES)('in %s', (name) => {
  const engine = useEngine(name);
  let place = '';
  beforeEach(async () => {
    place = await engine.newPlace();
  });

  describe('the history', () => {
    it('keeps which accounts an audit was to read, and what became of each', async () => {
      const history = await opened(place);
      await recordAudit(history, auditOf(night(1), []));
      await recordAudit(history, { ...auditOf(night(2), []), expected: [FAILED] });
      expect((await history.runs()).map(({ expected }) => expected)).toEqual([[FAILED], []]);
      await history.close();
    });

    it('gives findings their lives over several nights and openings', async () => {
      const nights = [
        [1, ['A', 'B']],
        [2, ['A', 'C']],
        [3, ['A', 'C']],
        [4, ['A', 'B']],
      ] as const;
      const told: (readonly string[])[] = [];
      const baselines: (string | null)[] = [];
      for (const [day, names] of nights) {
        const history = await opened(place);
        const lived = await recordAudit(
          history,
          auditOf(
            night(day),
            names.map((name) => findingAbout(name)),
          ),
        );
        told.push(lives(lived.findings));
        baselines.push(lived.baselineRunId);
        expect(lives(await history.findings(lived.runId))).toEqual(told.at(-1));
        await history.close();
      }
      expect(told).toEqual([
        ['AIDAA new 2026-03-01T02:30:00Z', 'AIDAB new 2026-03-01T02:30:00Z'],
        ['AIDAA open 2026-03-01T02:30:00Z', 'AIDAB resolved 2026-03-01T02:30:00Z', 'AIDAC new 2026-03-02T02:30:00Z'],
        ['AIDAA open 2026-03-01T02:30:00Z', 'AIDAC open 2026-03-02T02:30:00Z'],
        [
          'AIDAA open 2026-03-01T02:30:00Z',
          'AIDAB reopened 2026-03-01T02:30:00Z',
          'AIDAC resolved 2026-03-02T02:30:00Z',
        ],
      ]);
      expect(baselines).toEqual([null, '20260301T023000Z', '20260302T023000Z', '20260303T023000Z']);
    });

    it('gives back every kind of finding as it was', async () => {
      const history = await opened(place);
      const evidence = JSON.parse('{"__proto__": {"polluted": true}, "name": "\\u0000\\ud800"}');
      const findings = [...exampleReport.findings, findingAbout('A', { evidence, state: 'new', by: [ACTOR] })];
      await history.record(auditOf(night(1), findings), (account) => account.findings);
      const byKey = (list: readonly Finding[]) => new Map(list.map((finding) => [finding.key, finding]));
      expect(byKey(await history.findings('20260301T023000Z'))).toEqual(byKey(findings));
      await history.close();
    });

    it('keeps a snapshot whole, and each document once', async () => {
      const history = await opened(place);
      const big = JSON.stringify({ users: Array.from({ length: 20_000 }, (_, index) => `user-${index}`) });
      for (const day of [1, 2, 3]) {
        const files = new Map([
          ['account.json', `{"day": ${day}}`],
          ['authorization-details.json', big],
        ]);
        await recordAudit(history, auditOf(night(day), [], { files }));
      }
      expect(await history.snapshot('20260302T023000Z', '123456789012')).toEqual(
        new Map([
          ['account.json', '{"day": 2}'],
          ['authorization-details.json', big],
        ]),
      );
      await history.close();
      const [stored] = await engine.exec(place, 'SELECT sum(length(body)) AS size FROM documents');
      expect(Number(stored?.['size'])).toBeLessThan(big.length);
    });

    it('gives the snapshot of the audit of the account before a moment', async () => {
      const history = await opened(place);
      for (const day of [1, 3]) {
        await recordAudit(history, auditOf(night(day), [], { files: new Map([['account.json', `${day}`]]) }));
      }
      await recordAudit(history, auditOf(night(4), [], { accountId: '210987654321' }));
      const previousOf = async (day: number) => {
        const previous = await history.previous('123456789012', night(day));
        return previous && [previous.runId, previous.files.get('account.json')];
      };
      expect([await previousOf(1), await previousOf(3), await previousOf(5)]).toEqual([
        null,
        ['20260301T023000Z', '1'],
        ['20260303T023000Z', '3'],
      ]);
      const beforeThird = await history.previous('123456789012', night(4), '20260303T023000Z');
      expect(beforeThird?.runId).toBe('20260301T023000Z');
      await history.close();
    });

    it('lists audits from the latest, with what they come to', async () => {
      const history = await opened(place);
      await recordAudit(history, auditOf(night(1), [findingAbout('A'), findingAbout('B')]));
      await recordAudit(history, auditOf(night(2), [findingAbout('B')]));
      expect((await history.runs()).map(({ id, baselineRunId, states }) => ({ id, baselineRunId, states }))).toEqual([
        { id: '20260302T023000Z', baselineRunId: '20260301T023000Z', states: { open: 1, resolved: 1 } },
        { id: '20260301T023000Z', baselineRunId: null, states: { new: 2 } },
      ]);
      await history.close();
    });

    it('takes the same audit again for the same, and one of another account in the same second for another', async () => {
      const history = await opened(place);
      const audit = auditOf(night(1), [findingAbout('A')]);
      const first = await recordAudit(history, audit);
      expect(await recordAudit(history, audit)).toEqual(first);
      const other = await recordAudit(history, auditOf(night(1), [], { accountId: '210987654321' }));
      expect(other.runId).toBe('20260301T023000Z-2');
      expect((await history.runs()).map(({ id }) => id)).toEqual(['20260301T023000Z-2', '20260301T023000Z']);
      await history.close();
    });

    it('compares an account with its own audits alone, and with those that began before', async () => {
      const history = await opened(place);
      await recordAudit(history, auditOf(night(3), [findingAbout('A')]));
      const other = await recordAudit(history, auditOf(night(4), [], { accountId: '210987654321' }));
      const earlier = await recordAudit(history, auditOf(night(2), [findingAbout('A')]));
      expect([other.baselineRunId, earlier.baselineRunId]).toEqual([null, null]);
      await history.close();
    });

    it('tells what the routes know of the accounts that an audit was to read, read or not, and of no others', async () => {
      const history = await opened(place);
      const [read, missing, other] = ['123456789012', '222222222222', '333333333333'] as const;
      const known: (readonly Told[])[] = [];
      for (const day of [1, 2]) {
        await recordAudit(
          history,
          { ...auditOf(night(day), []), expected: [{ ...FAILED, accountId: missing }] },
          (_, before) => {
            known.push(before);
            const told = [read, missing, other].map((accountId) => ({
              route: 'chat',
              key: accountId,
              accountId,
              stance: 'told',
              asOf: night(day),
              toldAt: night(day),
            }));
            return { alerts: [], told, at: night(day) };
          },
        );
      }
      expect(known.map((told) => told.map(({ accountId }) => accountId))).toEqual([[], [read, missing]]);
      await history.close();
    });

    it('keeps what whoever names things may put in a name', async () => {
      const history = await opened(place);
      const hostile = '\u0000\ue000\ue0000%_\'"\\$1;--\u202e😀';
      const found = findingAbout('A', { key: `user-access-key-not-rotated:${hostile}`, summary: hostile });
      const told = { route: 'chat', key: found.key, accountId: '', stance: hostile, asOf: night(1), toldAt: night(1) };
      const audit = auditOf(night(1), [found], { files: new Map([[hostile, hostile]]) });
      const known: (readonly Told[])[] = [];
      for (const day of [1, 2]) {
        await recordAudit(
          history,
          { ...audit, run: { ...audit.run, id: `2026030${day}T023000Z`, startedAt: night(day) } },
          (_, before) => {
            known.push(before);
            return { alerts: [], told: [told], at: night(day) };
          },
        );
      }
      expect(known).toEqual([[], [told]]);
      expect(await history.findings('20260302T023000Z')).toMatchObject([
        { key: found.key, state: 'open', summary: hostile },
      ]);
      expect(await history.snapshot('20260302T023000Z', '123456789012')).toEqual(new Map([[hostile, hostile]]));
      await history.close();
    });

    it('gives findings by the bytes of their keys', async () => {
      const history = await opened(place);
      const names = ['b', 'B', 'a', 'A', '-', 'ä', 'z', '_'];
      const keys = names.map((name) => findingAbout(name).key);
      await recordAudit(
        history,
        auditOf(
          night(1),
          names.map((name) => findingAbout(name)),
        ),
      );
      expect((await history.findings('20260301T023000Z')).map(({ key }) => key)).toEqual(
        [...keys].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
      );
      await history.close();
    });

    it('takes an audit of thousands of findings', async () => {
      const history = await opened(place);
      const names = Array.from({ length: 2500 }, (_, index) => `U${String(index)}`);
      const found = names.map((name) => findingAbout(name));
      await recordAudit(history, auditOf(night(1), found));
      await recordAudit(history, auditOf(night(2), []));
      const { findings } = await recordAudit(history, auditOf(night(3), found));
      expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(['reopened']));
      expect((await history.runs()).map(({ states }) => states)).toEqual([
        { reopened: 2500 },
        { resolved: 2500 },
        { new: 2500 },
      ]);
      await history.retain({ now: night(4), maxAgeDays: 100, maxRuns: 1 });
      expect(await history.findings('20260303T023000Z')).toHaveLength(2500);
      await history.close();
    });

    it('lets a removed audit take with it what it alone held', async () => {
      const history = await opened(place);
      for (const day of [1, 2]) {
        const audit = auditOf(night(1), [findingAbout(String(day))], {
          files: new Map([['account.json', String(day)]]),
        });
        await recordAudit(history, audit);
      }
      await history.close();
      expect(await engine.exec(place, 'SELECT hash FROM documents')).toHaveLength(2);
    });
  });

  describe('retention', () => {
    const remembered = async (limits: { maxAgeDays: number; maxRuns: number }) => {
      const history = await opened(place);
      for (const day of [1, 2, 3, 4]) await recordAudit(history, auditOf(night(day), [findingAbout('A')]));
      await recordAudit(history, auditOf(at('2026-01-01T00:00:00Z'), [], { accountId: '210987654321' }));
      const removed = await history.retain({ now: night(5), ...limits });
      const ids = (await history.runs()).map(({ id }) => id.slice(0, 8));
      expect(await history.removals()).toEqual(removed);
      await history.close();
      return { ids, removed: removed.map(({ runId, reason }) => [runId.slice(0, 8), reason]) };
    };

    it('removes by age and records it, but never the latest audit of an account', async () => {
      expect(await remembered({ maxAgeDays: 2, maxRuns: 100 })).toEqual({
        ids: ['20260304', '20260303', '20260101'],
        removed: [
          ['20260302', 'age'],
          ['20260301', 'age'],
        ],
      });
    });

    it('removes by count', async () => {
      expect(await remembered({ maxAgeDays: 100, maxRuns: 1 })).toEqual({
        ids: ['20260304', '20260101'],
        removed: [
          ['20260303', 'count'],
          ['20260302', 'count'],
          ['20260301', 'count'],
        ],
      });
    });

    it('removes the documents that nothing refers to any more', async () => {
      const history = await opened(place);
      for (const day of [1, 2]) {
        const files = new Map([
          ['account.json', `${day}`],
          ['same.json', 'same'],
        ]);
        await recordAudit(history, auditOf(night(day), [], { files }));
      }
      await history.retain({ now: night(3), maxAgeDays: 100, maxRuns: 1 });
      expect(await history.snapshot('20260301T023000Z', '123456789012')).toEqual(new Map());
      expect(await history.snapshot('20260302T023000Z', '123456789012')).toEqual(
        new Map([
          ['account.json', '2'],
          ['same.json', 'same'],
        ]),
      );
      await history.close();
    });
  });
});
