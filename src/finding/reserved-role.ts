/**
 * The name of the permission set whose role this is; null: the role is none of IAM Identity Center's. Nobody else can make
 * roles below its path. Source: "Referencing permission sets in resource policies", IAM Identity Center User Guide.
 */
export const permissionSetOfRole = (arn: string): string | null => {
  const [, name = null] =
    /:role\/aws-reserved\/sso\.amazonaws\.com\/(?:[a-z0-9-]+\/)?AWSReservedSSO_([\w+=,.@-]+)_[0-9a-f]{16}$/.exec(arn) ??
    [];
  return name;
};
