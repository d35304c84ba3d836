import { z } from 'zod';
import { nearestText } from '../kernel/nearest-text.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { epochMillis, type Instant, parseInstant } from '../kernel/time.ts';
import { type LineOf, parseYamlFile } from '../kernel/yaml-file.ts';
import { SUPPRESSION_REASONS, type SuppressionRule } from './suppression.ts';

/** The most that a suppression file may hold, in characters: some thousands of entries. */
const MOST_TEXT = 4_000_000;

/**
 * Reads a suppression file. The errors are all of its problems, a line each: `file:line:column: place: what is wrong`.
 * `checks`: the ids of the checks there are, those that are turned off too.
 */
export const parseSuppressionFile = (
  file: string,
  text: string,
  checks: ReadonlySet<string>,
): Result<readonly SuppressionRule[], readonly string[]> => {
  if (text.length > MOST_TEXT) {
    return err([`${file}:1:1: the file: holds ${text.length} characters, more than ${MOST_TEXT}; split it`]);
  }
  if (isDeep(text))
    return err([`${file}:1:1: the file: is nested too deep; a suppression file is a list of flat entries`]);
  const entry = entrySchema(checks);
  return parseYamlFile(text, file, (_, lineOf) =>
    z
      .strictObject({ suppressions: z.array(entry, 'must be a list of entries, each beginning with `- check:`') })
      .transform(({ suppressions }) => suppressions.map((raw, index) => toRule(raw, file, index, lineOf))),
  );
};

const DEEPEST = 100;

/** Whether brackets nest, or dashes follow each other, as no suppression file needs: the parser's time grows with its square. */
const isDeep = (text: string): boolean => {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (depth > DEEPEST) return true;
  }
  return /(?:[-?][ \t]+){100}/.test(text);
};

const LONGEST = 4_000;

const textOf = (what: string): z.ZodType<string> =>
  z
    .string(`must be ${what}, as text`)
    .max(LONGEST, `must be ${what} of at most ${LONGEST} characters`)
    .refine((text) => text.trim() !== '', `must not be empty: it is ${what}`);

const dayOf = (what: string): z.ZodType<Instant> =>
  z.string(`must be a date, ${what}: \`2027-01-31\``).transform((text, context) => {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseInstant(text) : err('');
    // `Date.parse` takes 30 February for 2 March.
    if (day.ok && day.value.startsWith(text)) return day.value;
    context.addIssue({ code: 'custom', message: `\`${text}\` is no date, ${what}: \`2027-01-31\`` });
    return z.NEVER;
  });

const entrySchema = (checks: ReadonlySet<string>) =>
  z
    .strictObject(
      {
        check: z.string('must be the id of a check').refine((id) => checks.has(id), {
          error: ({ input }) => `\`${String(input)}\` is not a check${nearest(String(input), checks)}`,
        }),
        principal: textOf('the ARN or name of a principal').optional(),
        resource: textOf('the ARN or name of a resource').optional(),
        account: z
          .string('must be the 12 digits of an account, in quotes')
          .regex(/^\d{12}$/, 'must be the 12 digits of an account, in quotes')
          .optional(),
        part: textOf('the part of the subject, such as an access key id').optional(),
        glob: z.boolean('must be `true` or `false`').default(false),
        reason: z.enum(SUPPRESSION_REASONS, `must be one of ${SUPPRESSION_REASONS.join(', ')}`),
        justification: textOf('why it may stay so'),
        owner: textOf('who answers for it'),
        approver: textOf('who has approved it'),
        ticket: textOf('the ticket that it is discussed in').optional(),
        created: dayOf('the day it was written').optional(),
        expires: dayOf('the first day on which it holds no more'),
        pin: z
          .string('must be the 64 hexadecimal digits that `vigil suppress --pin` writes')
          .regex(/^[0-9a-f]{64}$/, 'must be the 64 hexadecimal digits that `vigil suppress --pin` writes')
          .optional(),
      },
      {
        error: ({ code }) =>
          code === 'invalid_type' ? 'must be an entry with `check`, `reason` and the rest' : undefined,
      },
    )
    .superRefine((entry, context) => {
      for (const [place, message] of problemsOf(entry)) {
        context.addIssue({ code: 'custom', path: place === null ? [] : [place], message });
      }
    });

type RawEntry = z.infer<ReturnType<typeof entrySchema>>;

/** What is wrong with an entry whose members are each in order. */
function* problemsOf(entry: RawEntry): Iterable<readonly [place: string | null, message: string]> {
  if (entry.principal === undefined && entry.resource === undefined) {
    yield [null, 'names neither `principal` nor `resource`; add one, for a check is not suppressed as a whole'];
  }
  for (const place of ['principal', 'resource'] as const) {
    const text = entry[place];
    if (text !== undefined && !entry.glob && /[*?]/.test(text)) {
      yield [
        place,
        `\`${text}\` holds \`*\` or \`?\`, which stand for themselves; add \`glob: true\` to match a pattern`,
      ];
    }
  }
  if (entry.created !== undefined && epochMillis(entry.created) >= epochMillis(entry.expires)) {
    yield ['expires', 'must be later than `created`'];
  }
}

/** A hint at the check that was meant. */
const nearest = (id: string, checks: ReadonlySet<string>): string => {
  const near = nearestText(id, checks);
  return near === null ? '; the README lists them' : `; did you mean \`${near}\`?`;
};

const toRule = (raw: RawEntry, file: string, index: number, lineOf: LineOf): SuppressionRule => ({
  file,
  line: lineOf(['suppressions', index]),
  check: raw.check,
  principal: raw.principal ?? null,
  resource: raw.resource ?? null,
  account: raw.account ?? null,
  part: raw.part ?? null,
  glob: raw.glob,
  reason: raw.reason,
  justification: raw.justification,
  owner: raw.owner,
  approver: raw.approver,
  ticket: raw.ticket ?? null,
  created: raw.created ?? null,
  expires: raw.expires,
  pin: raw.pin ?? null,
});

/** Several files, read one by one: the rules of all in order, or the problems of all. */
export const parseSuppressionFiles = (
  files: readonly { readonly name: string; readonly text: string }[],
  checks: ReadonlySet<string>,
): Result<readonly SuppressionRule[], readonly string[]> => {
  const rules: SuppressionRule[] = [];
  const problems: string[] = [];
  for (const { name, text } of files) {
    const parsed = parseSuppressionFile(name, text, checks);
    if (parsed.ok) rules.push(...parsed.value);
    else problems.push(...parsed.error);
  }
  return problems.length > 0 ? err(problems) : ok(rules);
};
