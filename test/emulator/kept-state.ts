import { expect } from 'vitest';
import type { CloudState } from '../../src/account/cloud-state.ts';
import { OrderedMap } from '../../src/account/ordered-map.ts';
import { parseState, printState } from '../../src/emulator/saved-state.ts';

/** Asserts that a state file gives back the state of a cloud, whole. */
export const expectKept = (cloud: CloudState): void => {
  const kept = parseState(printState({ cloud, isInitial: true, events: [] }));
  expect(plain(kept?.cloud)).toEqual(plain(cloud));
};

/** A value with its maps as lists, which can be compared; what is no data is refused. */
const plain = (value: unknown): unknown => {
  if (value instanceof OrderedMap) return ['ordered map', [...value.entriesFrom('')].map(plain)];
  if (value instanceof Map) return ['map', [...value].map(plain)];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) {
    expect(['string', 'number', 'boolean', 'undefined', 'object']).toContain(typeof value);
    return value;
  }
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
};
