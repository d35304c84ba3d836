import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/evaluate/decide.ts';
import type { Decision } from '../../src/evaluate/decision.ts';
import { type RequestContext, withContext } from '../../src/evaluate/request-context.ts';
import { createPolicyCompiler, requestedAction } from '../../src/policy/compile-policy.ts';
import { parsePolicyDocument } from '../../src/policy/parse-policy-document.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';

/** One case: its expectation was worked out from the AWS page it names, never taken from the engine. */
interface ConformanceCase {
  readonly title: string;
  readonly page: string;
  readonly identity: readonly unknown[];
  readonly boundary?: readonly unknown[];
  readonly request: { readonly action: string; readonly resource: string; readonly context?: RequestContext };
  readonly expected: {
    readonly decision: Decision['kind'];
    /** The statements that carry it: position of the identity-based policy (or `boundary`), and statement index. */
    readonly statements?: readonly (readonly [number | 'boundary', number])[];
    readonly silent?: string;
  };
}

const reference = await loadServiceReference();
const compile = createPolicyCompiler(reference);

const decideCase = ({ identity, boundary, request }: ConformanceCase): Decision => {
  const named = (raw: unknown, name: string) => ({ name, policy: compile(parsePolicyDocument(raw)) });
  return decide(
    {
      action: requestedAction(reference, request.action),
      resource: request.resource,
      context: withContext(request.context ?? {}, () => 'unknown'),
      time: null,
    },
    {
      identity: identity.map((raw, position) => named(raw, String(position))),
      boundary: boundary?.map((raw) => named(raw, 'boundary')) ?? null,
      unread: { identity: [], boundary: [] },
    },
  );
};

const carriers = (decision: Decision) => {
  if (decision.kind === 'allowed' || decision.kind === 'allowedIf') return decision.grantedBy;
  return decision.kind === 'explicitDeny' ? decision.deniedBy : [];
};

const directory = new URL('.', import.meta.url);
const files = readdirSync(directory).filter((file) => file.endsWith('.json'));

describe.each(files)('%s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, directory), 'utf8')) as readonly ConformanceCase[];

  test.each(cases.map((each) => [each.title, each] as const))('%s', (_title, each) => {
    const decision = decideCase(each);
    const { statements, silent } = each.expected;
    expect(each.page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(decision.kind).toBe(each.expected.decision);
    if (statements !== undefined) {
      expect(carriers(decision)).toEqual(
        statements.map(([policy, statement]) => ({ policy: String(policy), statement })),
      );
    }
    if (silent !== undefined) expect(decision).toHaveProperty('silent', silent);
  });

  test('no two cases have the same title', () => {
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });
});
