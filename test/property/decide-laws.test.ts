import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NaivePolicy, NaiveRequest } from '../naive/naive-request.ts';
import { askEngine } from './ask-engine.ts';
import { type Json, mapStatements, statementsOf } from './map-statements.ts';
import { openRequestArbitrary, requestArbitrary } from './request-arbitraries.ts';

const parameters = { numRuns: 1_000, seed: 20_260_926 };

/** Requests as they are, and the same with nothing known of their context. */
const someRequest = fc
  .tuple(fc.oneof(requestArbitrary, openRequestArbitrary), fc.boolean())
  .map(
    ([whole, hide]): NaiveRequest =>
      hide ? { ...whole, request: { ...whole.request, context: {}, unknownContext: ['*'] } } : whole,
  );

const law = (check: (request: NaiveRequest, other: NaiveRequest) => void) =>
  fc.assert(fc.property(someRequest, someRequest, check), parameters);

const said = (request: NaiveRequest) => {
  const { decision, conditions } = askEngine(request);
  return [decision, conditions?.text];
};

/** Where one was allowed for sure, the other must be; where the other was not at all, the one must not be. */
const expectNarrower = (narrow: NaiveRequest, wide: NaiveRequest): void => {
  const before = askEngine(wide).decision;
  const after = askEngine(narrow).decision;
  if (after === 'Allowed') expect(before).toBe('Allowed');
  if (before === 'ImplicitlyDenied' || before === 'ExplicitlyDenied') expect(after).toMatch(/Denied$/);
};

/** The identity-based policies of another request, all of one effect. */
const borrowed = ({ identityPolicies = [] }: NaiveRequest, Effect: string): readonly NaivePolicy[] =>
  identityPolicies.map(({ document }, index) => ({
    name: `borrowed${index}`,
    document: { ...(document as Json), Statement: statementsOf(document).map((each) => ({ ...each, Effect })) },
  }));

describe('laws of decisions', () => {
  test('the order of statements changes nothing', () => {
    law((request) => {
      expect(said(mapStatements(request, (all) => all.toReversed()))).toEqual(said(request));
    });
  });

  test('the order of policies changes nothing', () => {
    law((request) => {
      const turned = { ...request, identityPolicies: (request.identityPolicies ?? []).toReversed() };
      expect(said(turned)).toEqual(said(request));
    });
  });

  test('duplicates change nothing', () => {
    law((request) => {
      expect(said(mapStatements(request, (all) => [...all, ...all]))).toEqual(said(request));
    });
  });

  test('a list of actions equals a statement for each', () => {
    law((request) => {
      const split = mapStatements(request, (all) =>
        all.flatMap((statement) => {
          const { Action } = statement;
          return Array.isArray(Action)
            ? Action.map((action: unknown) => ({ ...statement, Action: action }))
            : [statement];
        }),
      );
      expect(said(split)).toEqual(said(request));
    });
  });

  test('the case of the action does not matter', () => {
    law((request) => {
      const shouted = { ...request.request, action: request.request.action.toUpperCase() };
      expect(said({ ...request, request: shouted })).toEqual(said(request));
    });
  });

  test('one more Deny never widens, and never takes an explicit deny away', () => {
    law((request, other) => {
      const denied = {
        ...request,
        identityPolicies: [...(request.identityPolicies ?? []), ...borrowed(other, 'Deny')],
      };
      expectNarrower(denied, request);
      if (askEngine(request).decision === 'ExplicitlyDenied')
        expect(askEngine(denied).decision).toBe('ExplicitlyDenied');
    });
  });

  test('one more Allow in an identity-based policy never narrows', () => {
    law((request, other) => {
      const allowed = {
        ...request,
        identityPolicies: [...(request.identityPolicies ?? []), ...borrowed(other, 'Allow')],
      };
      expectNarrower(request, allowed);
    });
  });

  test('a boundary only narrows', () => {
    law(({ permissionBoundaries: _, ...request }, other) => {
      expectNarrower({ ...request, permissionBoundaries: other.identityPolicies ?? [] }, request);
    });
  });

  test('a session policy only narrows', () => {
    law(({ sessionPolicies: _, ...request }, other) => {
      expectNarrower({ ...request, sessionPolicies: other.identityPolicies ?? [] }, request);
    });
  });

  test('one more level of SCPs only narrows', () => {
    law((request, other) => {
      expectNarrower({ ...request, scps: [...(request.scps ?? []), other.identityPolicies ?? []] }, request);
    });
  });

  test('an endpoint policy only narrows', () => {
    law(({ endpointPolicies: _, ...request }, { resourcePolicy }) => {
      const endpointPolicies = resourcePolicy === undefined ? [] : [{ name: 'endpoint', document: resourcePolicy }];
      expectNarrower({ ...request, endpointPolicies }, request);
    });
  });

  test('a document may be given as text', () => {
    law((request) => {
      const asText = (all: readonly NaivePolicy[] = []) =>
        all.map(({ name, document }) => ({ name, document: JSON.stringify(document) }));
      expect(said({ ...request, identityPolicies: asText(request.identityPolicies) })).toEqual(said(request));
    });
  });

  test('what is unknown can only leave open what would be decided', () => {
    law(({ request, ...policies }) => {
      const { context: _, ...nothing } = request;
      // What follows from the caller would be known all the same, and the context here may contradict it.
      const open = askEngine({ ...policies, request: { ...nothing, unknownContext: ['*'], contextComplete: true } });
      const decided = askEngine({ ...policies, request: { ...request, unknownContext: [], contextComplete: true } });
      if (open.decision === 'Allowed') expect(decided.decision).toBe('Allowed');
      if (open.decision !== 'Allowed' && open.decision !== 'AllowedIf') expect(decided.decision).toMatch(/Denied$/);
    });
  });
});
