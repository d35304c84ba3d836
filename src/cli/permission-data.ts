import type { EffectivePermission } from '../access/what-can.ts';
import { describeResidual } from '../evaluate/describe-residual.ts';
import type { Formula } from '../evaluate/formula.ts';
import type { JsonObject } from '../kernel/json.ts';

type Terms = EffectivePermission['terms'];
type Clause = Terms['within'][number]['clauses'][number];

/**
 * A permission as programs read it: an action that matches some of `actions` and none of `notActions` is granted on a
 * resource that matches (`resources`, or none of `notResources`), under `conditions`, where of each of `within` some of
 * `anyOf` applies and none of `except` does.
 */
export const permissionData = ({ actions, notActions, carriers, terms }: EffectivePermission): JsonObject => ({
  actions,
  notActions,
  resourcesWithPolicy: carriers,
  ...termsData(terms),
});

/** Where something is granted, on which condition and by which statement, as programs read it. */
export const termsData = (terms: Terms): JsonObject => ({
  ...areaData(terms.area),
  conditions: conditionsData(terms.condition),
  within: terms.within.map(({ limit, level, clauses }) => ({ limit, level, anyOf: clauses.map(clauseData) })),
  except: terms.except.map(({ limit, level, ...clause }) => ({ limit, level, ...clauseData(clause) })),
  because: terms.grantedBy === null ? [] : [{ ...terms.grantedBy }],
});

const clauseData = ({ area, condition, statement }: Clause): JsonObject => ({
  ...areaData(area),
  conditions: conditionsData(condition),
  because: statement === null ? [] : [{ ...statement }],
});

const areaData = ({ kind, patterns }: Terms['area']): JsonObject => ({
  [kind === 'resource' ? 'resources' : 'notResources']: patterns.map(({ text }) => text),
});

/** A condition as programs read it; null: none. */
export const conditionsData = (condition: Formula): JsonObject | null =>
  condition.kind === 'true' ? null : { ...describeResidual(condition) };
