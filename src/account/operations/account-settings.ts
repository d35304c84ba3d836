import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountSettingsState } from '../account-settings-state.ts';
import type { AccountState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Random } from '../call.ts';
import { type Outcome, operation, readOperation } from '../operation.ts';
import { newUuid } from '../unique-id.ts';

const withSettings = (state: AccountState, changed: Partial<AccountSettingsState>): AccountState => ({
  ...state,
  settings: { ...state.settings, ...changed },
});

/** `iam:SetSecurityTokenServicePreferences`. */
const setStsPreferences = operation(
  'iam:SetSecurityTokenServicePreferences',
  z.object({ GlobalEndpointTokenVersion: z.enum(['v1Token', 'v2Token']) }),
  (state, input) => {
    const globalEndpointTokenVersion = input.GlobalEndpointTokenVersion === 'v1Token' ? 1 : 2;
    return ok({ state: withSettings(state, { globalEndpointTokenVersion }), answer: {} });
  },
);

/** `iam:EnableOutboundWebIdentityFederation`; the issuer is the same each time. */
const enableOutboundFederation = operation(
  'iam:EnableOutboundWebIdentityFederation',
  z.object({}),
  (state, _input, { random }) => {
    const before = state.settings.outboundFederation;
    if (before?.enabled === true) {
      return awsError(
        'FeatureEnabled',
        `Outbound identity federation is already enabled for account ${state.accountId}`,
      );
    }
    const issuer = before?.issuer ?? newIssuer(random);
    return ok({
      state: withSettings(state, { outboundFederation: { issuer, enabled: true } }),
      answer: { IssuerIdentifier: issuer },
    });
  },
);

const newIssuer = (random: Random): string => `https://${newUuid(random)}.tokens.sts.global.api.aws`;

/** `iam:DisableOutboundWebIdentityFederation`. */
const disableOutboundFederation = operation(
  'iam:DisableOutboundWebIdentityFederation',
  z.object({}),
  (state): Result<Outcome, AwsError> => {
    const before = state.settings.outboundFederation;
    if (before?.enabled !== true) return federationDisabled(state);
    return ok({ state: withSettings(state, { outboundFederation: { ...before, enabled: false } }), answer: {} });
  },
);

/** `iam:GetOutboundWebIdentityFederationInfo`. */
const getOutboundFederationInfo = readOperation('iam:GetOutboundWebIdentityFederationInfo', z.object({}), (state) => {
  const federation = state.settings.outboundFederation;
  return federation?.enabled === true
    ? ok({ IssuerIdentifier: federation.issuer, JwtVendingEnabled: true })
    : federationDisabled(state);
});

const federationDisabled = ({ accountId }: AccountState): Result<never, AwsError> =>
  awsError('FeatureDisabled', `Outbound identity federation is disabled for account ${accountId}`);

/** `iam:GetAccountProperties`. */
const getAccountProperties = readOperation('iam:GetAccountProperties', z.object({}), ({ settings }) =>
  ok({ Properties: { 'RoleManager/Enabled': String(settings.roleManager) } }),
);

/** `iam:PutAccountProperties`: the one namespace there is, `RoleManager`. */
const putAccountProperties = operation(
  'iam:PutAccountProperties',
  z.object({ Properties: z.record(z.string(), z.string()) }),
  (state, input) => {
    const roleManager = roleManagerOf(input.Properties);
    return roleManager.ok
      ? ok({ state: withSettings(state, { roleManager: roleManager.value }), answer: {} })
      : roleManager;
  },
);

/** Recorded from AWS, the words too: other properties beside `Enabled` do no harm. */
const roleManagerOf = (properties: Readonly<Record<string, string>>): Result<boolean, AwsError> => {
  const keys = Object.keys(properties);
  const shapeless = keys.find((key) => !/^[^/]+\/.*[^/]$/s.test(key));
  if (shapeless !== undefined) return invalid(`Property key must be in format Namespace/PropertyName: ${shapeless}`);
  const [namespace = '', ...others] = new Set(keys.map((key) => key.slice(0, key.indexOf('/'))));
  if (others.length > 0) return invalid('All properties must belong to the same namespace');
  if (namespace !== 'RoleManager') return invalid(`Unsupported namespace: ${namespace}`);
  const enabled = Object.hasOwn(properties, 'RoleManager/Enabled') ? properties['RoleManager/Enabled'] : undefined;
  if (enabled === undefined) return invalid('RoleManager namespace requires Enabled property');
  return enabled === 'true' || enabled === 'false'
    ? ok(enabled === 'true')
    : invalid("Enabled must be 'true' or 'false'");
};

const invalid = (message: string) => awsError('InvalidInput', message);

const ofTemplate = z.object({
  TemplateArn: z.string().min(20).max(2048),
  MinorVersion: z.int().optional(),
  TemplateMinorVersion: z.int().optional(),
});

const noTemplate = (arn: string): Result<never, AwsError> =>
  awsError('NoSuchEntity', `Role template not found in repository: ${arn}`);

/** `iam:GetRoleTemplateVersion`. Templates are those of AWS's services, of which the emulated account has none. */
const getRoleTemplateVersion = readOperation('iam:GetRoleTemplateVersion', ofTemplate, (_state, input) =>
  noTemplate(input.TemplateArn),
);

/** `iam:AcquireRole`: makes a role of a template. */
const acquireRole = operation('iam:AcquireRole', ofTemplate, (_state, input) => noTemplate(input.TemplateArn));

/** The operations on what an account has switched on. */
export const accountSettingsOperations = [
  setStsPreferences,
  enableOutboundFederation,
  disableOutboundFederation,
  getOutboundFederationInfo,
  getAccountProperties,
  putAccountProperties,
  getRoleTemplateVersion,
  acquireRole,
];
