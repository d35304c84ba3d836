import { addDays, epochMillis, type Instant } from '../kernel/time.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import { compileAtom } from './condition-atom.ts';
import { decideConditions } from './decide-conditions.ts';
import { atomFormula, type Formula, type Literal } from './formula.ts';
import { simplifyFormula } from './simplify-formula.ts';

/** When a request is made, and with what. */
export interface RequestTime {
  readonly now: Instant;
  /** Whether the credentials are sure to be temporary, as those of a role are. */
  readonly temporary: boolean;
}

/**
 * Decides what a formula says of time, for a request made now: `aws:CurrentTime` and `aws:EpochTime` are now, and
 * `aws:TokenIssueTime` is not long ago, where there is one.
 */
export const settleTime = (formula: Formula, time: RequestTime): Formula => {
  const { context, lately, settled } = knownOf(time);
  let known = settled.get(formula);
  if (known === undefined) {
    known = decideConditions(formula, (condition) => {
      if (condition.key.toLowerCase() !== TOKEN_ISSUE_TIME) return compileAtom(condition).holds(context);
      const { kind } = simplifyFormula(atomFormula(condition), [lately]);
      return kind === 'true' || kind === 'false' ? kind === 'true' : null;
    });
    settled.set(formula, known);
  }
  return known;
};

const TOKEN_ISSUE_TIME = 'aws:tokenissuetime';

/** What the time of a request says of its context. */
interface KnownOfTime {
  readonly context: ContextLookup;
  /** When the credentials were issued, if they are temporary. */
  readonly lately: Literal;
  /** What it makes of formulas. */
  readonly settled: WeakMap<Formula, Formula>;
}

const known = new WeakMap<RequestTime, KnownOfTime>();

const knownOf = (time: RequestTime): KnownOfTime => {
  let found = known.get(time);
  if (found === undefined) {
    const values = new Map([
      ['aws:currenttime', [time.now]],
      ['aws:epochtime', [String(epochMillis(time.now) / 1000)]],
    ]);
    found = { context: (key) => values.get(key) ?? 'unknown', lately: issuedLately(time), settled: new WeakMap() };
    known.set(time, found);
  }
  return found;
};

// Temporary credentials live 36 hours at most (AWS STS API Reference, GetSessionToken): none is older than two days.
// Long-term credentials have no such key.
const issuedLately = ({ now, temporary }: RequestTime): Literal =>
  atomFormula({
    kind: 'condition',
    operator: `DateGreaterThanEquals${temporary ? '' : 'IfExists'}`,
    key: TOKEN_ISSUE_TIME,
    values: [addDays(now, -2)],
    variables: false,
  });
