import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { rootUserWithoutHardwareMfa } from './root-user-without-hardware-mfa.ts';

describeCheck(rootUserWithoutHardwareMfa, '2026-01-01T00:00:00Z', {
  fail: [['a virtual device', snapshot({ root: { mfaKind: 'virtual' } }), { mfaKind: 'virtual' }]],
  pass: [
    ['a security key', snapshot({ root: { mfaKind: 'hardware' } })],
    ['no MFA at all, which another check tells', snapshot({ root: { mfaActive: false, mfaKind: 'none' } })],
  ],
  unknown: [['ListVirtualMFADevices was denied', snapshot({ root: { mfaKind: denied('iam:ListVirtualMFADevices') } })]],
});
