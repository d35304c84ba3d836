import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { resourceAt, resourcesFrom, withoutResource, withResource } from '../../account-resources.ts';
import { awsError } from '../../aws-error.ts';
import { operation, readOperation } from '../../operation.ts';
import type { ResourceState } from '../../resource-state.ts';
import { cutPage } from '../page.ts';
import { findKey, invalidMarker, kmsArn, paging, placeOfAlias, refuse } from './kms-keys.ts';

const aliasName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^alias\/[a-zA-Z0-9/_-]+$/);

/** `kms:CreateAlias`. */
const createAlias = operation(
  'kms:CreateAlias',
  z.object({ AliasName: aliasName, TargetKeyId: z.string().min(1).max(2048) }),
  (state, { AliasName, TargetKeyId }, call) => {
    const key = findKey(state, TargetKeyId, call);
    if (!key.ok) return key;
    const arn = kmsArn(state, AliasName, call);
    if (AliasName.startsWith('alias/aws/')) return awsError('NotAuthorizedException', '');
    if (resourceAt(state, placeOfAlias(AliasName, call)) !== undefined) {
      return awsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
    }
    const alias: ResourceState = {
      arn,
      ...placeOfAlias(AliasName, call),
      createDate: call.now,
      roleArn: null,
      policy: null,
      tags: new Map(),
      attributes: { targetKeyId: key.value.name },
    };
    return ok({ state: withResource(state, alias), answer: {} });
  },
  refuse,
);

/** `kms:DeleteAlias`. */
const deleteAlias = operation(
  'kms:DeleteAlias',
  z.object({ AliasName: aliasName }),
  (state, { AliasName }, call) => {
    const alias = resourceAt(state, placeOfAlias(AliasName, call));
    return alias === undefined
      ? awsError('NotFoundException', `Alias ${kmsArn(state, AliasName, call)} is not found.`)
      : ok({ state: withoutResource(state, alias), answer: {} });
  },
  refuse,
);

/** `kms:ListAliases`: all of them, or a key's. */
const listAliases = readOperation(
  'kms:ListAliases',
  z.object({ KeyId: z.string().min(1).max(2048).optional(), ...paging }),
  (state, { KeyId, Limit, Marker }, call) => {
    const key = KeyId === undefined ? undefined : findKey(state, KeyId, call);
    if (key?.ok === false) return key;
    const all = resourcesFrom(state, placeOfAlias('', call));
    const cut = cutPage('ListAliases', Marker, Limit, function* (from) {
      for (const entry of all(from)) {
        if (key === undefined || entry[1].attributes['targetKeyId'] === key.value.name) yield entry;
      }
    });
    if (cut === null) return invalidMarker;
    return ok({
      Aliases: cut.items.map(({ name, arn, attributes, createDate }) => ({
        AliasName: name,
        AliasArn: arn,
        TargetKeyId: attributes['targetKeyId'],
        CreationDate: createDate,
        LastUpdatedDate: createDate,
      })),
      Truncated: cut.next !== undefined,
      NextMarker: cut.next,
    });
  },
  refuse,
);

/** The operations of KMS on aliases. */
export const aliasOperations = [createAlias, deleteAlias, listAliases];
