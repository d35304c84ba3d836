import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { rootUserHasAccessKey } from './root-user-has-access-key.ts';

describeCheck(rootUserHasAccessKey, '2026-01-01T00:00:00Z', {
  fail: [['the root user has one key', snapshot({ root: { accessKeyCount: 1 } }), { accessKeyCount: 1 }]],
  pass: [['the root user has no key', snapshot({ root: { accessKeyCount: 0 } }), { accessKeyCount: 0 }]],
  unknown: [['GetAccountSummary was denied', snapshot({ root: { accessKeyCount: denied('iam:GetAccountSummary') } })]],
});
