/** What an account has switched on, beside its password policy. */
export interface AccountSettingsState {
  /** The version of the session tokens that STS's global endpoint gives. */
  readonly globalEndpointTokenVersion: 1 | 2;
  /** Whether principals may ask STS for web identity tokens, and who issues them; null: it was never switched on. */
  readonly outboundFederation: { readonly issuer: string; readonly enabled: boolean } | null;
  /** Whether roles are made from templates by themselves (`RoleManager/Enabled`). */
  readonly roleManager: boolean;
  /** Of a management account: what it may do to the root users of member accounts. */
  readonly rootFeatures: readonly RootFeature[];
}

/** The features of centralized root access. */
export const ROOT_FEATURES = ['RootCredentialsManagement', 'RootSessions'] as const;

/** A feature of centralized root access. */
export type RootFeature = (typeof ROOT_FEATURES)[number];

/** The settings of an account as AWS hands it out. */
export const DEFAULT_SETTINGS: AccountSettingsState = {
  globalEndpointTokenVersion: 1,
  outboundFederation: null,
  roleManager: false,
  rootFeatures: [],
};
