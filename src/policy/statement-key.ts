import { compareText } from '../kernel/compare-text.ts';
import type { PolicyDocument, PrincipalElement, Statement } from './policy-document.ts';

/**
 * Statements with equal keys say the same, whatever the order and repetition of their patterns and values, and whatever
 * their `Sid`. Of two versions of the policy language they never do.
 */
export const statementKey = (statement: Statement, version: PolicyDocument['version']): string => {
  const known = keys.get(statement);
  if (known !== undefined) return known;
  const { effect, principal, action, resource, conditions } = statement;
  const key = JSON.stringify([
    version,
    effect,
    principal && principalKey(principal),
    [action.kind, ...ordered(action.patterns.map((pattern) => pattern.toLowerCase()))],
    resource && [resource.kind, ...ordered(resource.patterns)],
    ordered(
      conditions.map((condition) =>
        JSON.stringify([condition.operator, condition.key.toLowerCase(), ...ordered(condition.values)]),
      ),
    ),
  ]);
  keys.set(statement, key);
  return key;
};

/** Documents with equal keys say the same: those of which some part could not be read only where they are the same JSON. */
export const documentKey = ({ hash, version, statements, problems }: PolicyDocument): string =>
  problems.length > 0 ? hash : JSON.stringify(ordered(statements.map((statement) => statementKey(statement, version))));

// A statement belongs to one document, and so to one version.
const keys = new WeakMap<Statement, string>();

const principalKey = ({ kind, aws, service, federated, canonicalUser }: PrincipalElement): readonly unknown[] => [
  kind,
  ordered(aws),
  ordered(service),
  ordered(federated),
  ordered(canonicalUser),
];

const ordered = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort(compareText);
