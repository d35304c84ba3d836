/**
 * What makes a policy allow more than was probably meant, by issue code, with the text of its findings.
 * Source: "IAM policy validation check reference", IAM User Guide.
 */
export const SECURITY_WARNINGS = {
  ALLOW_WITH_NOT_PRINCIPAL:
    'Using Allow with NotPrincipal can be overly permissive. We recommend that you use Principal instead.',
  DYNAMODB_ATTRIBUTES_WITHOUT_SELECT:
    'Restricting dynamodb:Attributes without also setting dynamodb:Select to SPECIFIC_ATTRIBUTES allows all attributes to be returned on read requests that omit a projection expression. We recommend that you also set dynamodb:Select to SPECIFIC_ATTRIBUTES.',
  FORALLVALUES_WITH_SINGLE_VALUED_KEY:
    'Using ForAllValues qualifier with the single-valued condition key {key} can be overly permissive. We recommend that you remove ForAllValues:.',
  FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE:
    'Using ForAnyValue qualifier with the single-valued condition key {key} can be overly permissive. We recommend that you remove ForAnyValue:.',
  MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL:
    'Using an Open ID Connect principal without a condition can be overly permissive. Add condition keys with a prefix that matches your federated OIDC principals to ensure that only the intended identity provider assumes the role.',
  MISSING_GITHUB_REPO_CONDITION_KEY:
    'Granting a federated GitHub principal permissions without a condition key can allow more sources to assume the role than you intended. Add the token.actions.githubusercontent.com:sub condition key and specify the branch and repository name in the value.',
  MISSING_PAIRED_CONDITION_KEYS:
    'Using the condition key {key} can be overly permissive without also using the following condition keys: {recommended}. Condition keys like this one are more secure when paired with a related key. We recommend that you add the related condition keys to the same condition block.',
  PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE:
    'Using NotAction with NotResource can be overly permissive because it can allow iam:PassRole permissions on multiple resources.. We recommend that you specify resource ARNs instead.',
  PASS_ROLE_WITH_NOT_RESOURCE:
    'Using the iam:PassRole action with NotResource can be overly permissive because it can allow iam:PassRole permissions on multiple resources. We recommend that you specify resource ARNs instead.',
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE:
    'Using an action with a wildcard (*) and NotResource can be overly permissive because it can allow iam:PassRole permissions on multiple resources. We recommend that you specify resource ARNs instead.',
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE:
    'Using wildcards (*) in the action and the resource can be overly permissive because it allows iam:PassRole permissions on all resources. We recommend that you specify resource ARNs or add the iam:PassedToService condition key to your statement.',
  PASS_ROLE_WITH_STAR_IN_RESOURCE:
    'Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive because it allows iam:PassRole permissions on multiple resources. We recommend that you specify resource ARNs or add the iam:PassedToService condition key to your statement.',
  PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION:
    'Using a resource with wildcards (*) and NotAction can be overly permissive because it allows iam:PassRole permissions on all resources. We recommend that you specify resource ARNs or add the iam:PassedToService condition key to your statement.',
  RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL:
    'Granting access to a service principal without specifying a source is overly permissive. Use aws:SourceArn, aws:SourceAccount, aws:SourceOrgID, or aws:SourceOrgPaths condition key to grant fine-grained access.',
  S3_PREFIX_IN_NEGATIVE_CONTEXT:
    'Using the s3:prefix condition key in a Deny statement or with a negated string operator does not block listing the objects under the matching prefixes. A request that specifies a shorter prefix does not match the condition and can still list those objects. To restrict listing to specific prefixes, use s3:prefix with StringLike in an Allow statement, or use a Deny statement with StringNotLike.',
  STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS:
    'Use the operator type {allowed} instead of operator {operator} for the condition key {key}.',
  UNTRUSTWORTHY_CONDITION_KEY:
    'The {key} condition key is not recommended for access control as it can be spoofed/manipulated by the caller.',
} as const;

/** What does not follow the best practices of policies, by issue code, with the text of its findings. */
export const WARNINGS = {
  CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE:
    'Using NotAction with NotResource can allow creation of unintended service-linked roles because it allows iam:CreateServiceLinkedRole permissions on multiple resources. We recommend that you specify resource ARNs instead.',
  CREATE_SLR_WITH_NOT_RESOURCE:
    'Using the iam:CreateServiceLinkedRole action with NotResource can allow creation of unintended service-linked roles for multiple resources. We recommend that you specify resource ARNs instead.',
  CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE:
    'Using an action with a wildcard(*) and NotResource can allow creation of unintended service-linked roles because it can allow iam:CreateServiceLinkedRole permissions on multiple resources. We recommend that you specify resource ARNs instead.',
  CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE:
    'Using wildcards (*) in the action and the resource can allow creation of unintended service-linked roles because it allows iam:CreateServiceLinkedRole permissions on all resources. We recommend that you specify resource ARNs instead.',
  CREATE_SLR_WITH_STAR_IN_RESOURCE:
    'Using the iam:CreateServiceLinkedRole action with wildcards (*) in the resource can allow creation of unintended service-linked roles. We recommend that you specify resource ARNs instead.',
  CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION:
    'Using a resource with wildcards (*) and NotAction can allow creation of unintended service-linked roles because it allows iam:CreateServiceLinkedRole permissions on all resources. We recommend that you specify resource ARNs instead.',
  DEPRECATED_GLOBAL_CONDITION_KEY:
    'We recommend that you update aws:ARN to use the newer condition key aws:PrincipalArn.',
  INVALID_DATE_VALUE: 'The date {date} might not resolve as expected. We recommend that you use the YYYY-MM-DD format.',
  INVALID_ROLE_REFERENCE:
    'The Principal element includes the IAM role ID {id}. We recommend that you use a role ARN instead.',
  INVALID_USER_REFERENCE:
    'The Principal element includes the IAM user ID {id}. We recommend that you use a user ARN instead.',
  MISSING_VERSION: 'We recommend that you specify the Version element to help you with debugging permission issues.',
  POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA:
    'The {size} characters in the identity policy, excluding whitespace, exceed the {quota} character maximum for inline and managed policies. We recommend that you use multiple granular policies.',
  POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA:
    'The {size} characters in the resource policy exceed the {quota} character maximum for resource policies. We recommend that you use multiple granular policies.',
  SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED:
    'Using a wildcard (*) in token.actions.githubusercontent.com:sub can allow requests from more sources than you intended. Specify the value of token.actions.githubusercontent.com:sub with the repository and branch name. If the subject claim does not include the branch, specify it in a token.actions.githubusercontent.com:ref condition key.',
  TYPE_MISMATCH: 'Use the operator type {allowed} instead of operator {operator} for the condition key {key}.',
  TYPE_MISMATCH_BOOLEAN: 'Add a valid Boolean value (true or false) for the condition operator {operator}.',
  TYPE_MISMATCH_DATE:
    'The date condition operator is used with an invalid value. Specify a valid date using YYYY-MM-DD or other ISO 8601 date/time format.',
  TYPE_MISMATCH_NUMBER: 'Add a valid numeric value for the condition operator {operator}.',
  TYPE_MISMATCH_STRING: 'Add a valid base64-encoded string value for the condition operator {operator}.',
  UNIQUE_SIDS_RECOMMENDED:
    'We recommend that you use statement IDs that are unique to your policy. Update the Sid value.',
  WILDCARD_WITHOUT_LIKE_OPERATOR:
    'Your condition value includes a * or ? character. If you meant to use a wildcard (*, ?), update the condition operator to include Like.',
} as const;
