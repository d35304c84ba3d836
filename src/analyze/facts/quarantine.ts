/**
 * Whether a policy is what AWS attaches to a user whose access key it found in public. A customer managed one of the same
 * name has an account in its ARN and means nothing. Source: "AWS managed policies", AWS Managed Policy Reference.
 */
export const isQuarantine = (policyArn: string): boolean =>
  /^arn:[^:]+:iam::aws:policy\/AWSCompromisedKeyQuarantine(V\d+)?$/.test(policyArn);
