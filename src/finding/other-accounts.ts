import type { Finding } from './audit-report.ts';

/** The accounts, beside its own, that the path of a finding goes into: of its steps, and of what it reaches, whose ARN may not say. */
export const otherAccountsOf = ({ accountId, escalation, evidence }: Finding): readonly string[] => {
  if (escalation === undefined) return [];
  const { account } = evidence;
  const named = [...escalation.steps.map(({ to }) => to), escalation.reaches].map((arn) => arn.split(':', 5)[4]);
  return [...new Set([...named, account])].filter(
    (each): each is string => typeof each === 'string' && /^\d{12}$/.test(each) && each !== accountId,
  );
};
