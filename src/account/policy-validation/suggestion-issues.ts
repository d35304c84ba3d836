/**
 * What could be written better in a policy without changing what it allows, by issue code, with the text of its findings.
 * Source: "IAM policy validation check reference", IAM User Guide.
 */
export const SUGGESTIONS = {
  EMPTY_ARRAY_ACTION: 'This statement includes no actions and does not affect the policy. Specify actions.',
  EMPTY_ARRAY_CONDITION:
    'There are no values for the condition key {key} and it does not affect the policy. Specify conditions.',
  EMPTY_ARRAY_CONDITION_FORALLVALUES:
    'The ForAllValues prefix with an empty condition key matches only if the key {key} is missing from the request context. To determine if the request context is empty, we recommend that you use the Null condition operator with the value of true instead.',
  EMPTY_ARRAY_CONDITION_FORANYVALUE:
    'The ForAnyValue prefix with an empty condition key {key} never matches the request context and it does not affect the policy. Specify conditions.',
  EMPTY_ARRAY_CONDITION_IFEXISTS:
    'The IfExists suffix with an empty condition key matches only if the key {key} is missing from the request context. To determine if the request context is empty, we recommend that you use the Null condition operator with the value of true instead.',
  EMPTY_ARRAY_PRINCIPAL: 'This statement includes no principals and does not affect the policy. Specify principals.',
  EMPTY_ARRAY_RESOURCE: 'This statement includes no resources and does not affect the policy. Specify resources.',
  EMPTY_OBJECT_CONDITION: 'This condition block is empty and it does not affect the policy. Specify conditions.',
  EMPTY_OBJECT_PRINCIPAL: 'This statement includes no principals and does not affect the policy. Specify principals.',
  EMPTY_SID_VALUE: 'Add a value to the empty string in the Sid element.',
  IMPROVE_IP_RANGE:
    'The non-zero bits in the IP address after the masked bits are ignored. Replace address with {address}.',
  IRRELEVANT_CONDITION_KEY_IN_POLICY:
    'The condition key {key} is not relevant for the {resourceType} policy.  Use this key in an identity-based policy to govern access to this resource.',
  NULL_WITH_QUALIFIER:
    'Avoid using the Null condition operator with the ForAllValues or ForAnyValue qualifiers because they always return a true or false respectively.',
  PRIVATE_IP_ADDRESS_SUBSET:
    'The values for condition key aws:SourceIp include a mix of private and public IP addresses. The private addresses will not have the desired effect. aws:SourceIp works only for public IP address ranges. To define permissions for private IP ranges, use aws:VpcSourceIp.',
  PRIVATE_NOT_IP_ADDRESS_SUBSET:
    'The values for condition key aws:SourceIp include a mix of private and public IP addresses. The private addresses have no effect. aws:SourceIp works only for public IP address ranges. To define permissions for private IP ranges, use aws:VpcSourceIp.',
  REDUNDANT_ACTION:
    'The {count} action(s) are redundant because they provide similar permissions. Update the policy to remove the redundant action such as: {example}.',
  REDUNDANT_CONDITION_VALUE_NUM:
    'Multiple values in {operator} are redundant. Replace with the {which} single value for {key}.',
  REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY:
    'The assumed-role principal {session} is redundant with its parent role {role}. Remove the assumed-role principal.',
  REDUNDANT_RESOURCE:
    'The {count} resource ARN(s) are redundant because they reference the same resource. Review the use of wildcards (*)',
  REDUNDANT_STATEMENT:
    'The statements are redundant because they provide identical permissions. Update the policy to remove the redundant statement.',
  WILDCARD_IN_SERVICE_NAME:
    'Avoid using wildcards (*, ?) in the service name because it might grant unintended access to other AWS services with similar names.',
} as const;
