import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileWildcard } from '../../src/iam/wildcard.ts';
import { parsePolicyDocument } from '../../src/policy/parse-policy-document.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { glyphsOf, matchesAnywhere } from '../naive/naive-patterns.ts';
import { engineDecision } from './engine.ts';
import {
  documentArbitrary,
  type Policies,
  policiesArbitrary,
  type RawDocument,
  type RawStatement,
  type Request,
  requestArbitrary,
  statementArbitrary,
} from './policy-arbitraries.ts';

const reference = await loadServiceReference();
const parameters = { numRuns: 500, seed: 20_260_926 };
const law = (check: (policies: Policies, request: Request, extra: RawStatement) => void) =>
  fc.assert(fc.property(policiesArbitrary, requestArbitrary, statementArbitrary, check), parameters);

/** What of a decision may not depend on how the policies are written down. */
const outcome = (policies: Policies, request: Request) => {
  const decision = engineDecision(policies, request);
  if (decision.kind === 'allowedIf') return [decision.kind, decision.residual.id];
  return [decision.kind, decision.kind === 'implicitDeny' ? decision.silent : ''];
};
const kindOf = (policies: Policies, request: Request) => engineDecision(policies, request).kind;
const mapDocuments = ({ identity, boundary }: Policies, change: (document: RawDocument) => RawDocument): Policies => ({
  identity: identity.map(change),
  boundary: boundary?.map(change) ?? null,
});
const withStatement = ({ identity, boundary }: Policies, extra: RawStatement): Policies => ({
  identity: [...identity, { Version: '2012-10-17', Statement: [extra] }],
  boundary,
});

describe('laws of decisions', () => {
  test('the order of statements and policies changes nothing', () => {
    law((policies, request) => {
      const turned = mapDocuments({ ...policies, identity: policies.identity.toReversed() }, (document) => ({
        ...document,
        Statement: document.Statement.toReversed(),
      }));
      expect(outcome(turned, request)).toEqual(outcome(policies, request));
    });
  });

  test('duplicates change nothing', () => {
    law((policies, request) => {
      const doubled = mapDocuments(policies, (document) => ({
        ...document,
        Statement: [...document.Statement, ...document.Statement],
      }));
      expect(outcome(doubled, request)).toEqual(outcome(policies, request));
    });
  });

  test('the case of the requested action does not matter', () => {
    law((policies, request) => {
      const shouted = { ...request, action: request.action.toUpperCase() };
      expect(outcome(policies, shouted)).toEqual(outcome(policies, request));
    });
  });

  test('one more Deny never makes a decision `allowed`', () => {
    law((policies, request, extra) => {
      const before = kindOf(policies, request);
      const after = kindOf(withStatement(policies, { ...extra, Effect: 'Deny' }), request);
      if (after === 'allowed') expect(before).toBe('allowed');
      if (before === 'explicitDeny') expect(after).toBe('explicitDeny');
    });
  });

  test('one more Allow in an identity-based policy never takes `allowed` away', () => {
    law((policies, request, extra) => {
      const after = kindOf(withStatement(policies, { ...extra, Effect: 'Allow' }), request);
      if (kindOf(policies, request) === 'allowed') expect(after).toBe('allowed');
    });
  });

  test('a boundary only narrows', () => {
    law((policies, request) => {
      const unbounded = kindOf({ ...policies, boundary: null }, request);
      if (kindOf(policies, request) === 'allowed') expect(unbounded).toBe('allowed');
      if (unbounded === 'implicitDeny') expect(kindOf(policies, request)).not.toMatch(/allowed/);
    });
  });

  test('a list of actions equals a statement for each', () => {
    law((policies, request) => {
      const split = mapDocuments(policies, (document) => ({
        ...document,
        Statement: document.Statement.flatMap((statement) =>
          (statement.Action ?? [null]).map((action) =>
            action === null ? statement : { ...statement, Action: [action] },
          ),
        ),
      }));
      expect(outcome(split, request)).toEqual(outcome(policies, request));
    });
  });

  test('for known actions a wildcard equals the list that it expands to', () => {
    const known = reference.names.filter((name) => /^(iam|s3):/.test(name));
    const expand = (patterns: readonly string[]) =>
      known.filter((name) =>
        patterns.some((each) => matchesAnywhere(glyphsOf(each.toLowerCase()), name.toLowerCase())),
      );
    law((policies, request) => {
      fc.pre(known.some((name) => name.toLowerCase() === request.action.toLowerCase()));
      const expanded = mapDocuments(policies, (document) => ({
        ...document,
        Statement: document.Statement.map((statement) => ({
          ...statement,
          ...(statement.Action && { Action: [...expand(statement.Action), 'no:Match'] }),
          ...(statement.NotAction && { NotAction: [...expand(statement.NotAction), 'no:Match'] }),
        })),
      }));
      expect(outcome(expanded, request)).toEqual(outcome(policies, request));
    });
  });

  test('the same question has the same answer', () => {
    law((policies, request) => {
      expect(engineDecision(policies, request)).toEqual(engineDecision(policies, request));
    });
  });
});

describe('documents', () => {
  test('object, text and URL-encoded text are the same document', () => {
    fc.assert(
      fc.property(documentArbitrary, (raw) => {
        const intern = createPolicyInterner();
        const text = JSON.stringify(raw);
        expect(intern(text)).toBe(intern(raw));
        expect(intern(encodeURIComponent(text))).toBe(intern(raw));
        expect(intern(raw).problems).toEqual([]);
        expect(intern(raw).statements).toHaveLength(raw.Statement.length);
      }),
      parameters,
    );
  });

  test('no input makes the parser throw, and what it leaves out it reports', () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
      fc.json(),
      fc.string(),
      fc.record({ Version: fc.anything(), Statement: fc.oneof(fc.anything(), fc.array(fc.anything())) }),
      fc.record({ Statement: fc.array(fc.dictionary(fc.constantFrom(...ELEMENTS), fc.anything())) }),
    );
    fc.assert(
      fc.property(anything, (raw) => {
        const { statements, problems } = parsePolicyDocument(raw);
        if (statements.length === 0) expect(problems).not.toEqual([]);
        for (const { effect, action } of statements) {
          expect(['Allow', 'Deny']).toContain(effect);
          expect(action.patterns.every((pattern) => typeof pattern === 'string')).toBe(true);
        }
      }),
      { ...parameters, numRuns: 3_000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

const ELEMENTS = [
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'Condition',
  'Sid',
  '__proto__',
];

test('the wildcard matcher agrees with the naive one, whatever the characters', () => {
  const characters = fc.constantFrom('a', 'b', 'A', ':', '/', '.', '*', '?', '[', '\\', '$', 'é', '\n');
  const text = fc.string({ unit: characters, maxLength: 8 });
  fc.assert(
    fc.property(text, text, (pattern, subject) => {
      expect(compileWildcard(pattern)(subject)).toBe(matchesAnywhere(glyphsOf(pattern), subject));
    }),
    { ...parameters, numRuns: 20_000 },
  );
});
