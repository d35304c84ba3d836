import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectFrom, fakeTimer } from './testing/collect-from.ts';
import { fakeAccount, REPORTED } from './testing/fake-account.ts';
import { FAKE_ENDPOINT, type FakeAnswer, type FakeApis, fakeIam } from './testing/fake-iam.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

const account = fakeAccount();
const ready: FakeAnswer = account['GetCredentialReport']?.(new URLSearchParams(), 0) ?? { error: 'none' };
const state = (State: string): FakeAnswer => ({ result: { State } });

/** Answers one after the other, the last one for ever. */
const inTurn =
  (...answers: readonly FakeAnswer[]) =>
  (_: URLSearchParams, earlierCalls: number): FakeAnswer =>
    answers[Math.min(earlierCalls, answers.length - 1)] ?? { error: 'none' };

const collectWith = async (apis: FakeApis) => {
  fakeIam({ ...account, ...apis });
  const timer = fakeTimer();
  const { documents, apiCalls } = await collectFrom(FAKE_ENDPOINT, { timer });
  return {
    report: documents.credentialReport,
    time: documents.account.sources.find(({ name }) => name === 'credential-report')?.time,
    gaps: documents.account.gaps,
    sleptMs: timer.slept.reduce((sum, ms) => sum + ms, 0),
    calls: [apiCalls.get('iam:GenerateCredentialReport'), apiCalls.get('iam:GetCredentialReport')],
  };
};

describe('the credential report', () => {
  it('is fetched at once where AWS has one, with the time that AWS made it', async () => {
    const { report, time, gaps, sleptMs } = await collectWith({});
    expect(report).toMatch(/^user,arn,user_creation_time,.*\n<root_account>,/);
    expect({ time, gaps, sleptMs }).toEqual({ time: REPORTED, gaps: [], sleptMs: 0 });
  });

  it('is waited for while AWS makes it', async () => {
    const generate = inTurn(state('STARTED'), state('INPROGRESS'), state('INPROGRESS'), state('COMPLETE'));
    const { report, gaps, sleptMs, calls } = await collectWith({ GenerateCredentialReport: generate });
    expect(report).toBeDefined();
    expect({ gaps, sleptMs, calls }).toEqual({ gaps: [], sleptMs: 250 + 500 + 1000, calls: [4, 1] });
  });

  it.each([
    ['expired since it was made', 'ReportExpired', 410],
    ['is not there after all', 'ReportNotPresent', 410],
    ['is still in the making', 'ReportInProgress', 404],
  ])('is made again where it %s', async (_, error, status) => {
    const get = inTurn({ error, status }, { error, status }, ready);
    const { report, gaps, calls } = await collectWith({ GetCredentialReport: get });
    expect(report).toBeDefined();
    expect({ gaps, calls }).toEqual({ gaps: [], calls: [3, 3] });
  });

  it('is a gap where AWS does not finish it in five minutes', async () => {
    const { report, gaps, sleptMs } = await collectWith({ GenerateCredentialReport: () => state('INPROGRESS') });
    expect(report).toBeUndefined();
    expect(gaps).toMatchObject([
      { source: 'credential-report', reason: 'failed', detail: containing('not ready after 300 seconds') },
    ]);
    expect(sleptMs).toBeGreaterThanOrEqual(300_000);
    expect(sleptMs).toBeLessThan(315_000);
  });

  it('is read as it is stored where making one is refused, which is a gap', async () => {
    const { report, gaps } = await collectWith({ GenerateCredentialReport: () => ({ error: 'AccessDenied' }) });
    expect(report).toBeDefined();
    expect(gaps).toMatchObject([{ action: 'iam:GenerateCredentialReport', reason: 'denied' }]);
  });

  it('is one gap where making one is refused and none is stored', async () => {
    const { report, gaps } = await collectWith({
      GenerateCredentialReport: () => ({ error: 'AccessDenied' }),
      GetCredentialReport: () => ({ error: 'ReportNotPresent', status: 410 }),
    });
    expect(report).toBeUndefined();
    expect(gaps).toMatchObject([{ action: 'iam:GenerateCredentialReport', reason: 'denied' }]);
  });

  it('is not asked for again and again where a quota forbids making one', async () => {
    const { report, gaps, calls } = await collectWith({
      GenerateCredentialReport: () => ({ error: 'LimitExceeded', status: 409 }),
    });
    expect(report).toBeDefined();
    expect(gaps).toMatchObject([{ action: 'iam:GenerateCredentialReport', reason: 'failed' }]);
    expect(calls).toEqual([1, 1]);
  });
});
