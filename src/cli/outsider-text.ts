import type { AdmittedOutsider } from '../access/outside-access.ts';
import { type Outsider, outsiderName } from '../access/outsider.ts';
import type { JsonObject } from '../kernel/json.ts';
import { admissionData } from './admission-data.ts';
import { decisionText } from './explanation-text.ts';

/** Somebody outside the account who is let in, in one line: `any principal of account 111122223333  allowed if …`. */
export const outsiderText = ({ outsider, decision }: AdmittedOutsider): string => {
  const who = describe(outsider);
  return decision.kind === 'allowed' ? who : `${who}  ${decisionText(decision)}`;
};

/** The same as programs read it. */
export const outsiderData = ({ outsider, decision }: AdmittedOutsider): JsonObject => ({
  outsider: outsiderName(outsider),
  kind: outsider.kind,
  ...admissionData(decision),
});

const describe = (outsider: Outsider): string => {
  const name = outsiderName(outsider);
  switch (outsider.kind) {
    case 'anonymous':
      return 'anybody, without credentials';
    case 'anyAccount':
      return 'any principal of any account';
    case 'account':
      return `any principal of account ${name}`;
    case 'canonicalUser':
      return `any principal of the account with canonical user id ${name}`;
    case 'service':
      return outsider.service === null ? 'any service of AWS' : `the service ${name}`;
    case 'federated':
      return `whom ${name} vouches for`;
    case 'principal':
      return name;
  }
};
