import { createHash } from 'node:crypto';
import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** A policy document's JSON, and the hash that equal documents share. */
export interface PolicyJson {
  readonly hash: string;
  readonly content: Result<JsonObject, string>;
}

/** Policies are some eight levels deep; what is much deeper is meant to harm whoever walks it. */
const MAX_DEPTH = 32;

/**
 * Reads a policy document given as an object, as JSON text, or as JSON text that is URL-encoded as AWS's API answers it
 * (RFC 3986: `+` stays `+`). The error is a message in house form.
 */
export const readPolicyJson = (raw: unknown): PolicyJson => {
  const value = typeof raw === 'string' ? parseText(raw) : ok(raw);
  if (!value.ok) return { hash: sha256(String(raw)), content: value };
  if (!isJsonWithin(value.value, MAX_DEPTH)) {
    const message = `the policy document holds something that is no JSON, or is nested deeper than ${MAX_DEPTH} levels`;
    return { hash: sha256(typeof raw === 'string' ? raw : message), content: err(message) };
  }
  const hash = sha256(canonicalJson(value.value));
  return isJsonObject(value.value)
    ? { hash, content: ok(value.value) }
    : { hash, content: err('the policy document is no JSON object') };
};

const parseText = (text: string): Result<unknown, string> => {
  const plain = parseJson(text);
  if (plain.ok || !/^\s*%/.test(text)) return plain;
  try {
    return parseJson(decodeURIComponent(text));
  } catch {
    return err('the policy document is neither JSON nor URL-encoded JSON');
  }
};

const parseJson = (text: string): Result<unknown, string> => {
  try {
    // A byte order mark, as editors and shells leave it, is no JSON.
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return err('the policy document is no JSON');
  }
};

/** Whether the value is JSON and at most so many levels deep. Its own recursion ends at that depth. */
const isJsonWithin = (value: unknown, depth: number): value is JsonValue => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  return Object.values(value).every((member) => isJsonWithin(member, depth - 1));
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
