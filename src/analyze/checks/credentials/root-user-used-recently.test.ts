import { at, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { rootUserUsedRecently } from './root-user-used-recently.ts';

const lastUsed = (date: string) => snapshot({ root: { lastUsed: at(date) } });

describeCheck(rootUserUsedRecently, '2026-01-31T00:00:00Z', {
  fail: [
    ['used an hour ago', lastUsed('2026-01-30T23:00:00Z'), { daysSinceUse: 0 }],
    ['used thirty days ago', lastUsed('2026-01-01T00:00:00Z'), { daysSinceUse: 30 }],
  ],
  pass: [
    ['used thirty-one days ago', lastUsed('2025-12-31T00:00:00Z'), { daysSinceUse: 31 }],
    ['never used', snapshot({ root: { lastUsed: null } }), { daysSinceUse: null }],
  ],
  unknown: [['the credential report was denied', snapshot({ root: { lastUsed: denied('iam:GetCredentialReport') } })]],
});
