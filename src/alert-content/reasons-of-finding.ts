import type { Finding } from '../finding/audit-report.ts';
import { peopleInWords } from '../finding/people.ts';
import { isJsonList, isJsonObject, type JsonValue } from '../kernel/json.ts';
import { quoted } from './defused.ts';

const MOST = 12;

/**
 * Why a finding is real, a line each: who is behind a role of IAM Identity Center, the statements that grant it, as its path or its
 * evidence holds them, and its conditions.
 */
export const reasonsOfFinding = ({ escalation, evidence, conditions, people }: Finding): readonly string[] => {
  const ofPath = (escalation?.steps ?? []).flatMap(({ requests }) =>
    requests.flatMap(({ action, grantedBy }) =>
      grantedBy.map(
        ({ policy, statement }) => `${quoted(action)} is allowed by ${statementInWords(policy, statement)}`,
      ),
    ),
  );
  const granting = ofPath.length > 0 ? ofPath : statementsIn(evidence, 0);
  const provided = conditions === null ? [] : [`it holds where: ${conditions.text}`];
  const behind = people === undefined ? [] : [peopleInWords(people)];
  return [...behind, ...[...new Set(granting)].slice(0, MOST), ...provided];
};

// Evidence is data of each check's own shape; a statement is told everywhere as a policy and an index.
const statementsIn = (value: JsonValue, depth: number): readonly string[] => {
  if (depth > 4) return [];
  if (isJsonList(value)) return value.slice(0, MOST).flatMap((item) => statementsIn(item, depth + 1));
  if (!isJsonObject(value)) return [];
  const { policy, statement } = value;
  if (typeof policy === 'string' && typeof statement === 'number') return [statementInWords(policy, statement)];
  return Object.values(value)
    .slice(0, MOST * 2)
    .flatMap((item) => statementsIn(item, depth + 1));
};

const statementInWords = (policy: string, statement: number): string =>
  `statement ${String(statement + 1)} of ${quoted(policy)}`;
