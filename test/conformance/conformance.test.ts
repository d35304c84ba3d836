import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import type { NaiveRequest } from '../naive/naive-request.ts';
import { askEngine } from '../property/ask-engine.ts';

/** One case: its expectation was worked out from the AWS page it names, never taken from an evaluator. */
interface ConformanceCase {
  readonly id: string;
  /** The page, and what it says there, in our words. */
  readonly source: { readonly page: string; readonly url: string; readonly gist: string };
  /** A line of `vigil decide`. */
  readonly request: NaiveRequest;
  readonly expected: 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied' | 'AllowedIf' | 'Undetermined';
  /** The statements that carry it. */
  readonly because?: readonly { readonly policy: string; readonly statement: number }[];
}

const directory = new URL('.', import.meta.url);
const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
const casesOf = (file: string) =>
  JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as readonly ConformanceCase[];

/** What the naive evaluator answers: it knows no unknown context, and reports no Deny that could not be read. */
const isConcrete = ({ expected, request }: ConformanceCase): boolean =>
  expected !== 'AllowedIf' && expected !== 'Undetermined' && request.request.unknownContext === undefined;

describe.each(files)('%s', (file) => {
  const cases = casesOf(file);

  test.each(cases.map((each) => [each.id, each] as const))('%s', (_id, { request, expected, because, source }) => {
    const answer = askEngine(request);
    expect(answer.decision, source.gist).toBe(expected);
    if (because !== undefined) expect(answer.because).toMatchObject(because);
  });

  test('the naive evaluator answers the same', () => {
    const concrete = cases.filter(isConcrete);
    const expected = concrete.map((each) => [each.id, each.expected]);
    expect(concrete.map(({ id, request }) => [id, naiveDecide(request)])).toEqual(expected);
  });

  test('every case has an id of its own, and a page of AWS', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    for (const { source } of cases) expect(source.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });
});

test('there are some hundred cases', () => {
  expect(files.flatMap(casesOf).length).toBeGreaterThan(600);
});
