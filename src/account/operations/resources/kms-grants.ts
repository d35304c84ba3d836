import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { withResource } from '../../account-resources.ts';
import { awsError } from '../../aws-error.ts';
import { grantConstraints, grantsOf, withGrants } from '../../key-grants.ts';
import { operation, readOperation } from '../../operation.ts';
import { cutPage } from '../page.ts';
import { findKey, invalidMarker, paging, refuse } from './kms-keys.ts';

const ofKey = z.object({ KeyId: z.string().min(1).max(2048) });

/** `kms:CreateGrant`. */
const createGrant = operation(
  'kms:CreateGrant',
  ofKey.extend({
    GranteePrincipal: z.string().min(1).max(256),
    RetiringPrincipal: z.string().min(1).max(256).optional(),
    Operations: z.array(z.string()).min(1),
    Constraints: grantConstraints.optional(),
    Name: z.string().min(1).max(256).optional(),
  }),
  (state, { KeyId, ...asked }, call) => {
    const key = findKey(state, KeyId, call);
    if (!key.ok) return key;
    const id = Buffer.from(call.random(32)).toString('hex');
    const changed = withGrants(key.value, [...grantsOf(key.value), { GrantId: id, ...asked }]);
    return ok({ state: withResource(state, changed), answer: { GrantId: id, GrantToken: id } });
  },
  refuse,
);

/** `kms:ListGrants`. */
const listGrants = readOperation(
  'kms:ListGrants',
  ofKey.extend({
    ...paging,
    GrantId: z.string().optional(),
    GranteePrincipal: z.string().optional(),
  }),
  (state, { KeyId, Limit, Marker, GrantId, GranteePrincipal }, call) => {
    const key = findKey(state, KeyId, call);
    if (!key.ok) return key;
    const { arn, createDate } = key.value;
    const asked = grantsOf(key.value).filter(
      (grant) =>
        (GrantId === undefined || grant.GrantId === GrantId) &&
        (GranteePrincipal === undefined || grant.GranteePrincipal === GranteePrincipal),
    );
    const sorted = asked.map((grant) => [grant.GrantId, grant] as const).sort(([a], [b]) => (a < b ? -1 : 1));
    const cut = cutPage('ListGrants', Marker, Math.min(Limit, 100), (from) => sorted.filter(([id]) => id >= from));
    if (cut === null) return invalidMarker;
    return ok({
      Grants: cut.items.map((grant) => ({
        KeyId: arn,
        CreationDate: createDate,
        IssuingAccount: `arn:${state.partition}:iam::${state.accountId}:root`,
        ...grant,
      })),
      Truncated: cut.next !== undefined,
      NextMarker: cut.next,
    });
  },
  refuse,
);

/** `kms:RevokeGrant`. */
const revokeGrant = operation(
  'kms:RevokeGrant',
  ofKey.extend({ GrantId: z.string().min(1).max(128) }),
  (state, { KeyId, GrantId }, call) => {
    const key = findKey(state, KeyId, call);
    if (!key.ok) return key;
    const rest = grantsOf(key.value).filter((grant) => grant.GrantId !== GrantId);
    if (rest.length === grantsOf(key.value).length) {
      return awsError('NotFoundException', `Grant ID ${GrantId} is not found.`);
    }
    return ok({ state: withResource(state, withGrants(key.value, rest)), answer: {} });
  },
  refuse,
);

/** The operations of KMS on grants. */
export const grantOperations = [createGrant, listGrants, revokeGrant];
