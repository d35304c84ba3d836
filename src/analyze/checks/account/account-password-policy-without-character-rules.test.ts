import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { passwordPolicy } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { accountPasswordPolicyWithoutCharacterRules } from './account-password-policy-without-character-rules.ts';

const asking = (parts: Parameters<typeof passwordPolicy>[0]) => snapshot({ passwordPolicy: passwordPolicy(parts) });

describeCheck(accountPasswordPolicyWithoutCharacterRules, '2026-01-01T00:00:00Z', {
  fail: [
    ['no symbols', asking({ requireSymbols: false }), { missing: ['requireSymbols'] }],
    ['no digits', asking({ requireNumbers: false }), { missing: ['requireNumbers'] }],
    [
      'neither case of letters, told as one finding',
      asking({ requireUppercaseCharacters: false, requireLowercaseCharacters: false }),
      { missing: ['requireUppercaseCharacters', 'requireLowercaseCharacters'] },
    ],
  ],
  pass: [
    ['each kind is asked for', asking({})],
    ['no policy at all, which another check tells', snapshot({ passwordPolicy: null })],
  ],
  unknown: [
    ['GetAccountPasswordPolicy was denied', snapshot({ passwordPolicy: denied('iam:GetAccountPasswordPolicy') })],
  ],
});
