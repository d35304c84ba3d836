import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { passwordPolicy } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { accountPasswordPolicyWeak } from './account-password-policy-weak.ts';

const asking = (parts: Parameters<typeof passwordPolicy>[0]) => snapshot({ passwordPolicy: passwordPolicy(parts) });

describeCheck(accountPasswordPolicyWeak, '2026-01-01T00:00:00Z', {
  fail: [
    ['no policy', snapshot({ passwordPolicy: null }), { present: false, minimumPasswordLength: null }],
    ['thirteen characters', asking({ minimumPasswordLength: 13 }), { weaknesses: ['minimumPasswordLength'] }],
    [
      'reuse of old passwords is not prevented',
      asking({ passwordReusePrevention: null }),
      { weaknesses: ['passwordReusePrevention'] },
    ],
    [
      'only the last 23 passwords are barred',
      asking({ passwordReusePrevention: 23 }),
      { weaknesses: ['passwordReusePrevention'] },
    ],
  ],
  pass: [
    [
      'fourteen characters and 24 passwords, without rules about symbols or expiry',
      asking({
        minimumPasswordLength: 14,
        passwordReusePrevention: 24,
        requireSymbols: false,
        requireNumbers: false,
        maxPasswordAge: null,
      }),
      { weaknesses: [] },
    ],
  ],
  unknown: [
    ['GetAccountPasswordPolicy was denied', snapshot({ passwordPolicy: denied('iam:GetAccountPasswordPolicy') })],
  ],
});
