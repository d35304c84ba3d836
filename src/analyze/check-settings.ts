import { err, ok, type Result } from '../kernel/result.ts';
import { parseInstant } from '../kernel/time.ts';
import type { Check, CheckOptions, CheckOptionValue } from './define-check.ts';
import { jewelProblem } from './escalation/crown-jewels.ts';
import type { AccountDeclaration } from './trust/trusted-accounts.ts';

/** Which checks run, and with which thresholds. */
export interface CheckSettings {
  readonly disabled: ReadonlySet<string>;
  /** Overridden options by check id. */
  readonly options: ReadonlyMap<string, CheckOptions>;
  /** Other accounts that may have access; none where absent. */
  readonly trustedAccounts?: readonly AccountDeclaration[];
}

/** Check settings as a configuration writes them. */
export interface RawCheckSettings {
  readonly disabled: readonly string[];
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly trustedAccounts?: readonly {
    readonly id: string;
    readonly name: string;
    readonly owner?: string | undefined;
    readonly expires?: string | undefined;
  }[];
  /** What `principal-can-reach-crown-jewel` tells of, unless the options of the check name others. */
  readonly crownJewels?: readonly string[];
}

/** Holds settings against the checks there are; the errors are all of the problems, in house form. */
export const parseCheckSettings = (
  checks: readonly Check[],
  raw: RawCheckSettings,
): Result<CheckSettings, readonly string[]> => {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const problems = raw.disabled.filter((id) => !byId.has(id)).map((id) => `\`${id}\` in disabled is not a check`);
  const options = new Map<string, CheckOptions>();
  if (raw.crownJewels !== undefined && byId.has(JEWEL_CHECK))
    options.set(JEWEL_CHECK, { crownJewels: raw.crownJewels });
  for (const [id, overrides] of Object.entries(raw.options)) {
    const check = byId.get(id);
    if (check === undefined) problems.push(`\`${id}\` in options is not a check`);
    else options.set(id, Object.fromEntries(parseOptions(check, overrides, problems)));
  }
  problems.push(...crownJewelsOf({ options }).flatMap((text) => jewelProblem(text) ?? []));
  const trustedAccounts = parseTrustedAccounts(raw.trustedAccounts ?? [], problems);
  return problems.length > 0 ? err(problems) : ok({ disabled: new Set(raw.disabled), options, trustedAccounts });
};

const JEWEL_CHECK = 'principal-can-reach-crown-jewel';

/** The ARNs, and patterns of them, that settings mark as crown jewels. */
export const crownJewelsOf = ({ options }: Pick<CheckSettings, 'options'>): readonly string[] => {
  const marked = options.get(JEWEL_CHECK)?.['crownJewels'];
  return typeof marked === 'object' ? marked : [];
};

const parseTrustedAccounts = (
  raw: NonNullable<RawCheckSettings['trustedAccounts']>,
  problems: string[],
): readonly AccountDeclaration[] =>
  raw.map(({ id, name, owner = null, expires }) => {
    const time = expires === undefined ? null : parseInstant(expires);
    if (time !== null && !time.ok) problems.push(`expires of trusted account \`${id}\`: ${time.error}`);
    return { id, name, owner, expires: time?.ok === true ? time.value : null };
  });

const parseOptions = (
  check: Check,
  overrides: Readonly<Record<string, unknown>>,
  problems: string[],
): readonly [string, CheckOptionValue][] =>
  Object.entries(overrides).flatMap(([name, value]): [string, CheckOptionValue][] => {
    const expected = Object.hasOwn(check.defaults, name) ? check.defaults[name] : undefined;
    if (expected === undefined) problems.push(`\`${name}\` is not an option of \`${check.id}\``);
    else if (isSameKind(value, expected)) return [[name, value]];
    else problems.push(`option \`${name}\` of \`${check.id}\` must be ${kindOf(expected)}`);
    return [];
  });

const isSameKind = (value: unknown, expected: CheckOptionValue): value is CheckOptionValue => {
  if (typeof expected === 'number') return typeof value === 'number' && Number.isFinite(value) && value >= 0;
  if (typeof expected === 'object') return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === typeof expected;
};

const kindOf = (expected: CheckOptionValue): string => {
  if (typeof expected === 'number') return 'a number from 0';
  return typeof expected === 'object' ? 'a list of texts' : `a ${typeof expected}`;
};
