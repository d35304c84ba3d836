import type { Role } from '../../snapshot/account-snapshot.ts';

/**
 * Whether AWS keeps the role and the account can neither change nor delete it: service-linked roles and the roles of
 * IAM Identity Center's permission sets. Sources: "Using service-linked roles", IAM User Guide; "Referencing permission
 * sets in resource policies", IAM Identity Center User Guide.
 */
export const isManagedByAws = ({ path }: Role): boolean => /^\/aws-(service-role|reserved)\//.test(path);
