import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementPlaces } from './statement-places.ts';

const place = (from: readonly [number, number], to: readonly [number, number]) => ({
  start: { line: from[0], column: from[1] },
  end: { line: to[0], column: to[1] },
});

describe('statementPlaces', () => {
  it('begins the first statement behind the bracket, and the next where that one ended', () => {
    // Recorded from AWS: two statements of a bucket policy stood at 38–248 and 248–470.
    const text = '{"Version":"2012-10-17","Statement":[{"Sid":"a"},{"Sid":"b"}]}';
    expect(statementPlaces(text)).toEqual([place([1, 38], [1, 49]), place([1, 49], [1, 61])]);
  });

  it('begins the only statement behind its brace', () => {
    expect(statementPlaces('{"Statement":{"a":1}}')).toEqual([place([1, 15], [1, 21])]);
  });

  it('counts lines', () => {
    // The example of the AWS CLI Reference: line 3, column 19 to line 9, column 10.
    const text = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "codecommit:ListRepositories",
            "Resource": "*",
            "Condition": { "Null": { "a]}\\"": "{[" } }
        }
    ]
}`;
    expect(statementPlaces(text)).toEqual([place([3, 19], [9, 10])]);
  });

  it('finds as many statements as JSON has, however it is written', () => {
    const statement = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(statement), fc.string(), fc.nat(4), (statements, id, indent) => {
        const text = JSON.stringify({ Id: id, Statement: statements, Last: { Statement: 1 } }, null, indent);
        expect(statementPlaces(text)).toHaveLength(statements.length);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
