import { isJsonObject, type JsonObject } from '../../kernel/json.ts';
import { grantedActions } from '../last-access/granted-actions.ts';
import { compiledPolicy } from '../simulate/simulation.ts';
import { parsed, statementsOf } from '../trust-document.ts';
import type { UnusedService } from './unused-permissions.ts';

/**
 * A policy's text without the services and actions that are unused; null where none of what it allows would be left. The
 * same text where nothing of it is unused. What it denies stays.
 */
export const recommendedPolicy = (text: string, unused: readonly UnusedService[]): string | null => {
  const document = parsed(text);
  const granted = [...grantedActions([compiledPolicy(text)])];
  const isIdle = granted.some(([service, actions]) => [...actions].some((action) => isUnused(unused, service, action)));
  if (!isJsonObject(document) || !isIdle) return text;
  const statements = statementsOf(document).flatMap((statement) => narrowed(statement, document, unused));
  const isLeft = statements.some(({ Effect }) => Effect === 'Allow');
  return isLeft ? JSON.stringify({ ...document, Statement: statements }) : null;
};

const narrowed = (
  statement: JsonObject,
  document: JsonObject,
  unused: readonly UnusedService[],
): readonly JsonObject[] => {
  if (statement['Effect'] !== 'Allow') return [statement];
  const alone = compiledPolicy(JSON.stringify({ ...document, Statement: [statement] }));
  const actions = [...grantedActions([alone])].flatMap(([service, names]) =>
    [...names].filter((name) => !isUnused(unused, service, name)).map((name) => `${service}:${name}`),
  );
  const { NotAction: _, ...rest } = statement;
  return actions.length === 0 ? [] : [{ ...rest, Action: actions }];
};

const isUnused = (unused: readonly UnusedService[], service: string, action: string): boolean =>
  unused.some(
    (each) =>
      each.service === service &&
      (each.actions === null || each.actions.some((unusedOne) => unusedOne.action === action)),
  );
