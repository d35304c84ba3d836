import { createHash } from 'node:crypto';
import { canonicalJson, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';
import type { Finding } from './audit-report.ts';

/**
 * The SHA-256 of what a finding rests on, as hexadecimal digits: its evidence, its conditions, whom it lets in, and the
 * requests of its path with the statements that grant them. Counts of days (`ageDays`), which grow by themselves, are left out; so
 * are the replay and all texts. It changes when what was looked at when the finding was suppressed has changed.
 */
export const evidencePin = ({ evidence, conditions, external, escalation }: Finding): string => {
  const basis: JsonObject = {
    evidence: withoutDays(evidence),
    conditions: conditions?.formula ?? null,
    external: external === undefined ? null : { ...external },
    path:
      escalation?.steps.map(({ method, from, to, requests }) => ({
        method,
        from,
        to,
        requests: requests.map(({ action, resource, grantedBy }) => ({
          action,
          resource,
          grantedBy: grantedBy.map(({ policy, statement }) => ({ policy, statement })),
        })),
      })) ?? null,
  };
  return createHash('sha256').update(canonicalJson(basis)).digest('hex');
};

const withoutDays = (value: JsonValue): JsonValue => {
  if (isJsonList(value)) return value.map(withoutDays);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !(typeof member === 'number' && /(?:^d|D)ays/.test(name)))
      .map(([name, member]) => [name, withoutDays(member)]),
  );
};
