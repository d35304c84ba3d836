import { friendlyName } from '../iam/arn.ts';
import { compileWildcard, type Matcher } from '../iam/wildcard.ts';
import { addDays, daysBetween, epochMillis, type Instant } from '../kernel/time.ts';
import type { Finding } from './audit-report.ts';
import type { SubjectType } from './check-result.ts';
import { evidencePin } from './evidence-pin.ts';
import type {
  SuppressionLimits,
  SuppressionNotice,
  SuppressionRule,
  SuppressionStatus,
  SuppressionVerdict,
} from './suppression.ts';

/** What findings come to under suppressions. */
export interface SuppressedFindings {
  /** All findings, in their order; those that are suppressed say so and by what. */
  readonly findings: readonly Finding[];
  /** How each rule fares, in the order of the rules. */
  readonly statuses: readonly SuppressionStatus[];
}

/**
 * Suppresses findings: of the rules that are about one, the first that holds. None is dropped. What could not be judged
 * is never suppressed, nor what is resolved: a gap in the data is nothing that somebody has accepted.
 */
export const applySuppressions = (
  findings: readonly Finding[],
  rules: readonly SuppressionRule[],
  { now, limits }: { readonly now: Instant; readonly limits: SuppressionLimits },
): SuppressedFindings => {
  const compiled = rules.map((rule) => ({ rule, isAbout: compileRule(rule), matches: [] as Match[] }));
  const byCheck = new Map<string, (typeof compiled)[number][]>();
  for (const entry of compiled) {
    const others = byCheck.get(entry.rule.check);
    if (others === undefined) byCheck.set(entry.rule.check, [entry]);
    else others.push(entry);
  }
  const told = findings.map((finding) => {
    if (finding.outcome !== 'fail' || finding.state === 'resolved' || finding.state === 'not-evaluated') return finding;
    let holding: SuppressionRule | null = null;
    for (const { rule, isAbout, matches } of byCheck.get(finding.checkId) ?? []) {
      if (!isAbout(finding)) continue;
      const verdict = verdictOf(rule, finding, now, limits);
      matches.push({ key: finding.key, verdict });
      if (verdict === 'suppressed') holding ??= rule;
    }
    return holding === null ? finding : suppressed(finding, holding);
  });
  return {
    findings: told,
    statuses: compiled.map(({ rule, matches }) => ({ rule, matches, ...timeLeft(rule, now) })),
  };
};

type Match = SuppressionStatus['matches'][number];

const suppressed = (
  finding: Finding,
  { file, line, reason, justification, owner, approver, ticket, expires, pin }: SuppressionRule,
): Finding => ({
  ...finding,
  state: 'suppressed',
  suppression: { file, line, reason, justification, owner, approver, ticket, expires, pin },
});

const verdictOf = (
  rule: SuppressionRule,
  finding: Finding,
  now: Instant,
  limits: SuppressionLimits,
): SuppressionVerdict => {
  if (epochMillis(now) >= epochMillis(rule.expires)) return 'expired';
  if (epochMillis(rule.expires) > epochMillis(latestExpiry(rule, finding, now, limits))) return 'too-long';
  return rule.pin === null || rule.pin === evidencePin(finding) ? 'suppressed' : 'evidence-changed';
};

/** Until when a finding may be suppressed at most. A rule that says it is written tomorrow counts from now. */
export const latestExpiry = (
  { created }: Pick<SuppressionRule, 'created'>,
  { severity }: Pick<Finding, 'severity'>,
  now: Instant,
  limits: SuppressionLimits,
): Instant => {
  const from = created === null || epochMillis(created) > epochMillis(now) ? now : created;
  return addDays(from, limits[severity]);
};

const NOTICES: readonly SuppressionNotice[] = [1, 7, 14];

const timeLeft = ({ expires }: SuppressionRule, now: Instant): Pick<SuppressionStatus, 'daysLeft' | 'notice'> => {
  const daysLeft = daysBetween(now, expires);
  const isOver = epochMillis(now) >= epochMillis(expires);
  const notice = NOTICES.find((days) => epochMillis(now) >= epochMillis(addDays(expires, -days))) ?? null;
  return { daysLeft: isOver ? Math.min(daysLeft, -1) : daysLeft, notice: isOver ? null : notice };
};

const PRINCIPALS: ReadonlySet<SubjectType> = new Set<SubjectType>(['User', 'Group', 'Role', 'RootUser']);

const compileRule = ({
  account,
  part,
  glob,
  principal,
  resource,
}: SuppressionRule): ((finding: Finding) => boolean) => {
  const isPrincipal = compileTarget(principal, glob);
  const isResource = compileTarget(resource, glob);
  return ({ accountId, subject, external }) =>
    (account === null || accountId === account) &&
    (part === null || subject.part === part) &&
    (principal === null ||
      (PRINCIPALS.has(subject.type) && isPrincipal(subject.arn)) ||
      (external !== undefined && isPrincipal(external.principal))) &&
    (isResource(subject.arn) || (external !== undefined && isResource(external.resource)));
};

/** A text that begins as an ARN is held against the whole ARN, any other against the name that it ends with. */
const compileTarget = (text: string | null, glob: boolean): Matcher => {
  if (text === null) return () => true;
  const matches = glob ? compileWildcard(text) : (arn: string) => arn === text;
  return text.startsWith('arn:') ? matches : (arn) => matches(friendlyName(arn));
};
