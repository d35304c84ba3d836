import { describe, expect, test } from 'vitest';
import { createActionIndex } from './action-index.ts';
import { hasBit } from './bitset.ts';

const index = createActionIndex([
  { service: 'iam', actions: ['CreateUser', 'GetRole', 'GetUser'] },
  { service: 's3', actions: ['GetObject'] },
]);
const positions = ['iam:CreateUser', 'iam:GetRole', 'iam:GetUser', 's3:GetObject', 'iam:?', 's3:?', '?:?'];
const matched = (...patterns: string[]) => positions.filter((_, at) => hasBit(index.matchActions(patterns), at));
const touched = (...patterns: string[]) => positions.filter((_, at) => hasBit(index.touchActions(patterns), at));

test('there is a position for each action, for each service and for what is unknown', () => {
  expect(index.positionCount).toBe(positions.length);
  expect(index.names).toEqual(positions.slice(0, 4));
});

test('an action is found whatever the case of its letters', () => {
  expect(index.positionOf('IAM:getuser')).toBe(2);
  expect(index.positionOf('iam:Nope')).toBeNull();
});

describe('matching', () => {
  test('a name matches itself alone', () => expect(matched('iam:getuser')).toEqual(['iam:GetUser']));
  test('a wildcard matches known names', () => expect(matched('iam:Get*')).toEqual(['iam:GetRole', 'iam:GetUser']));
  test('a question mark is one character', () => expect(matched('iam:Get?ser')).toEqual(['iam:GetUser']));
  test('several patterns are a union', () =>
    expect(matched('iam:C*', 's3:*')).toEqual(['iam:CreateUser', 's3:GetObject', 's3:?']));
  test('a whole service includes its unknown actions', () => expect(matched('IAM:*')).toContain('iam:?'));
  test('a star is everything', () => expect(matched('*')).toEqual(positions));
  test('a star in both halves is everything', () => expect(matched('*:*')).toEqual(positions));
  test('an unknown service matches nothing known', () => expect(matched('nope:*', 'nope', '')).toEqual([]));
});

describe('touching', () => {
  test('a known name touches no unknown action', () => expect(touched('iam:GetUser')).toEqual(['iam:GetUser']));
  test('a wildcard may touch unknown actions', () => expect(touched('iam:C*')).toEqual(['iam:CreateUser', 'iam:?']));
  test('an unknown name of a known service touches its unknown actions', () =>
    expect(touched('s3:Nope')).toEqual(['s3:?']));
  test('an unknown service touches the unknown services', () => expect(touched('nope:*')).toEqual(['?:?']));
});
