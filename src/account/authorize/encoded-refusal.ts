import { encodeAuthorizationMessage } from '../authorization-message.ts';
import { identityOf } from '../caller-identity.ts';
import { accountAt } from '../cloud-state.ts';
import type { Asker } from './decide-permission.ts';
import type { Permission } from './permission.ts';

/**
 * What AWS tells of a refusal to whom may read it: who asked for what, in which context. Source:
 * `DecodeAuthorizationMessage`, AWS STS API Reference.
 */
export const encodedRefusal = ({ cloud, call, facts }: Asker, permission: Permission, reason: string): string => {
  const { action, resource, context } = permission;
  const { arn = '', userId = '' } = identityOf(accountAt(cloud, call.account), call.caller) ?? {};
  const given = Object.entries(context).filter(([, value]) => value !== null);
  return encodeAuthorizationMessage({
    allowed: false,
    explicitDeny: reason.startsWith(' with an explicit deny'),
    matchedStatements: { items: [] },
    failures: { items: [] },
    context: {
      principal: { id: userId, arn },
      action,
      resource,
      conditions: {
        items: [...facts, ...given].map(([key, values]) => ({
          key,
          values: { items: [values].flat().map((value) => ({ value })) },
        })),
      },
    },
  });
};
