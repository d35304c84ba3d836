import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULT_CHECK_SETTINGS } from '../../src/analyze/testing/default-settings.ts';
import { type ReportedOutcome, renderInWording } from '../../src/cli/render-outcome.ts';
import { vigilsWording } from '../../src/cli/report-wording.ts';
import { isOpen } from '../../src/report/machine/open-states.ts';
import { exampleReport } from '../../src/report/testing/example-report.ts';
import { asffProblems } from './asff-problems.ts';
import { hostileOutcome, labelledOutcomes } from './audited.ts';
import { findingsJsonProblems } from './findings-json-problems.ts';
import { childrenOf, descendantsOf, junitProblems, parsedJunit } from './junit-problems.ts';
import { ocsfProblems } from './ocsf-problems.ts';
import { metricSamples } from './prometheus-samples.ts';
import { githubSarif, sarifProblems } from './sarif-problems.ts';

/** An audit, and its files for other systems. */
interface Rendered extends ReportedOutcome {
  readonly name: string;
  readonly file: (name: string) => string;
}

const FORMATS = ['json', 'ocsf', 'sarif', 'asff', 'junit', 'prometheus'] as const;
const list = z.array(z.record(z.string(), z.unknown()));

const rendered = async (name: string, outcome: ReportedOutcome): Promise<Rendered> => {
  const files = await renderInWording({
    outcome,
    formats: FORMATS,
    checkSettings: DEFAULT_CHECK_SETTINGS,
    wording: vigilsWording(),
  });
  return { ...outcome, name, file: (file) => files.get(file) ?? '' };
};

const exampleOutcome: ReportedOutcome = {
  report: exampleReport,
  snapshots: [],
  judged: [],
  controls: [],
};

let all: readonly Rendered[];

beforeAll(async () => {
  const labelled = [...(await labelledOutcomes())];
  all = await Promise.all([
    rendered('example', exampleOutcome),
    rendered('hostile', await hostileOutcome()),
    ...labelled.map(([name, outcome]) => rendered(name, outcome)),
  ]);
}, 120_000);

describe('the files for other systems, of labelled accounts, of hostile names and of the example', () => {
  it('are of twenty audits nearly, with findings in every state', () => {
    expect(all.length).toBeGreaterThan(15);
    const states = all.flatMap(({ report }) => report.findings.map(({ state }) => state));
    expect(new Set(states).size).toBe(7);
    expect(new Set(all.flatMap(({ report }) => report.changes ?? []).map(({ kind }) => kind)).size).toBeGreaterThan(5);
  });

  it('findings.json is as its published schema has it', () => {
    for (const { name, file } of all) expect([name, findingsJsonProblems(file('findings.json'))]).toEqual([name, []]);
  });

  it('findings.ocsf.json holds one valid event of OCSF 1.6.0 a finding', () => {
    for (const { name, report, file } of all) {
      const events = list.parse(JSON.parse(file('findings.ocsf.json')));
      expect([name, events.flatMap(ocsfProblems)]).toEqual([name, []]);
      const uids = events.map((event) => z.object({ uid: z.string() }).parse(event['finding_info']).uid);
      expect(uids.toSorted()).toEqual(report.findings.map(({ key }) => key).toSorted());
    }
  });

  it('findings.ocsf.json has events of all three classes', () => {
    const events = all.flatMap(({ file }) => list.parse(JSON.parse(file('findings.ocsf.json'))));
    expect(new Set(events.map((event) => event['class_uid']))).toEqual(new Set([2003, 2004, 2008]));
  });

  it('findings.sarif is what the schema of SARIF 2.1.0 and GitHub code scanning take', () => {
    for (const { name, file } of all) expect([name, sarifProblems(file('findings.sarif'))]).toEqual([name, []]);
  });

  it('findings.sarif holds each finding that is not resolved, accepted ones with their suppression', () => {
    for (const { report, file } of all) {
      const [run] = githubSarif.parse(JSON.parse(file('findings.sarif'))).runs;
      const present = report.findings.filter(({ state }) => state !== 'resolved').map(({ key }) => key);
      expect(run?.results.map(({ properties }) => properties.key).toSorted()).toEqual(present.toSorted());
      for (const { properties, suppressions } of run?.results ?? []) {
        expect(suppressions?.length ?? 0).toBe(properties.state === 'suppressed' ? 1 : 0);
      }
    }
  });

  it('findings.asff.json holds what BatchImportFindings takes', () => {
    for (const { name, report, file } of all) {
      const findings = list.parse(JSON.parse(file('findings.asff.json')));
      expect(findings).toHaveLength(report.findings.length);
      expect(new Set(findings.map((finding) => finding['Id'])).size).toBe(findings.length);
      expect([name, findings.flatMap(asffProblems)]).toEqual([name, []]);
    }
  });

  it('findings.junit.xml is XML that readers of JUnit files take, with a failed case for each check with open findings', () => {
    for (const { name, report, file } of all) {
      const text = file('findings.junit.xml');
      expect([name, junitProblems(text)]).toEqual([name, []]);
      const failed = descendantsOf(parsedJunit(text), 'testcase')
        .filter((element) => childrenOf(element).some(({ tagName }) => tagName === 'failure'))
        .map((element) => element.getAttribute('name') ?? '');
      const open = report.findings.filter(isOpen).map(({ checkId }) => checkId);
      expect(new Set(failed)).toEqual(new Set(open));
    }
  });

  it('metrics.prom counts every finding once, without times', () => {
    for (const { name, report, file } of all) {
      const samples = metricSamples(file('metrics.prom'));
      const sum = (metric: string): number =>
        samples.filter((sample) => sample.name === metric).reduce((total, { value }) => total + value, 0);
      expect([name, sum('vigil_findings')]).toEqual([name, report.findings.length]);
      expect([name, sum('vigil_findings_open')]).toEqual([name, report.findings.filter(isOpen).length]);
      expect([name, sum('vigil_principals')]).toEqual([name, report.principals.length]);
    }
  });

  it('are the same bytes in a second run, in whatever order the audit lists its findings', async () => {
    for (const { name, report, file, ...rest } of all.slice(0, 3)) {
      const turned = { ...report, findings: report.findings.toReversed(), principals: report.principals.toReversed() };
      const again = await rendered(name, { ...rest, report: turned });
      for (const each of [
        'findings.ocsf.json',
        'findings.sarif',
        'findings.asff.json',
        'findings.junit.xml',
        'metrics.prom',
      ]) {
        expect(again.file(each)).toBe(file(each));
      }
    }
  });

  it('hold no character that a terminal or a reader would obey', () => {
    for (const { file } of all) {
      for (const each of ['findings.sarif', 'findings.asff.json', 'findings.junit.xml', 'metrics.prom']) {
        expect(file(each)).not.toMatch(/(?!\n)\p{Cc}/u);
        // A key is what it is, that it may be looked up; all else spells such characters out.
        expect(file(each).replaceAll(/"key": ".*"/g, '')).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
      }
    }
  });
});

describe('the judges of these files', () => {
  const [event] = [
    () =>
      list.parse(JSON.parse(all.find(({ name }) => name === 'example')?.file('findings.ocsf.json') ?? '[]'))[0] ?? {},
  ];

  it.each([
    ['an attribute that OCSF does not have', { severity_name: 'x' }],
    ['a required attribute that is missing', { finding_info: undefined }],
    ['a value that an attribute does not have', { status_id: 17 }],
    ['a caption of another value', { severity: 'Low' }],
    ['a type that does not follow from class and activity', { type_uid: 200_399 }],
    ['a text for a number', { time: '2026-03-02T02:30:00Z' }],
    ['seconds for milliseconds', { time: 1_772_418_672 }],
    ['an analysis without a result', { class_uid: 2008, class_name: undefined, type_uid: 200_802 }],
  ])('refuse %s in an event of OCSF', (_what, wrong) => {
    expect(ocsfProblems(event())).toEqual([]);
    expect(ocsfProblems({ ...event(), ...wrong })).not.toEqual([]);
  });

  it.each([
    ['a member that the format does not have', { Titel: 'x' }],
    ['a title that is too long', { Title: 'x'.repeat(257) }],
    ['a description of blanks', { Description: ' ' }],
    ['a type of no namespace', { Types: ['Vigil/Escalation'] }],
    ['more than 240 KB', { Description: 'x', ProductFields: { 'vigil/a': 'x'.repeat(250_000) } }],
  ])('refuse %s in ASFF', (_what, wrong) => {
    const [finding] = list.parse(JSON.parse(all[0]?.file('findings.asff.json') ?? '[]'));
    expect(asffProblems({ ...finding, ...wrong })).not.toEqual([]);
  });

  it.each([
    ['a result without a location', (text: string) => text.replaceAll('"locations"', '"places"')],
    ['a URI with a scheme', (text: string) => text.replaceAll('"uri": "aws/', '"uri": "arn:aws/')],
    ['a level that SARIF does not have', (text: string) => text.replaceAll('"level": "error"', '"level": "fatal"')],
  ])('refuse %s in SARIF', (_what, spoil) => {
    const spoilt = spoil(all[0]?.file('findings.sarif') ?? '');
    const problems = (): readonly string[] => {
      try {
        return sarifProblems(spoilt);
      } catch (error) {
        return [String(error)];
      }
    };
    expect(problems()).not.toEqual([]);
  });

  it('refuse a count that does not add up in JUnit, and text that is no XML', () => {
    const text = all[0]?.file('findings.junit.xml') ?? '';
    expect(junitProblems(text.replace(/failures="\d+"/, 'failures="99"'))).not.toEqual([]);
    expect(() => junitProblems(text.replace('<testsuite ', '<testsuite < '))).toThrow();
  });
});
