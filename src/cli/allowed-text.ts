import type { AllowedPrincipal } from '../access/who-can-perform.ts';
import type { JsonObject } from '../kernel/json.ts';
import { admissionData } from './admission-data.ts';
import { decisionText } from './explanation-text.ts';

/** A principal of the account that is allowed something, in one line. */
export const allowedText = ({ principal, decision }: AllowedPrincipal): string =>
  decision.kind === 'allowed' ? principal.arn : `${principal.arn}  ${decisionText(decision)}`;

/** The same as programs read it. */
export const allowedData = ({ principal, decision }: AllowedPrincipal): JsonObject => ({
  principal: principal.arn,
  ...admissionData(decision),
});
