import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { serviceReference } from '../../../reference/service-reference.ts';
import { awsError } from '../../aws-error.ts';
import { readOperation } from '../../operation.ts';
import { validatePolicy } from '../../policy-validation/validate-policy.ts';
import { cutPage, wholeList } from '../page.ts';
import { INVALID_TOKEN, refuse } from './analyzer-operation.ts';

const LOCALES = ['DE', 'EN', 'ES', 'FR', 'IT', 'JA', 'KO', 'PT_BR', 'ZH_CN', 'ZH_TW'] as const;

const RESOURCE_TYPES = [
  'AWS::DynamoDB::Table',
  'AWS::IAM::AssumeRolePolicyDocument',
  'AWS::S3::AccessPoint',
  'AWS::S3::Bucket',
  'AWS::S3::MultiRegionAccessPoint',
  'AWS::S3ObjectLambda::AccessPoint',
] as const;

/** `access-analyzer:ValidatePolicy`: in English, whatever the locale. */
const validatePolicyOperation = readOperation(
  'access-analyzer:ValidatePolicy',
  z.object({
    locale: z.enum(LOCALES).default('EN'),
    maxResults: z.int().min(0).max(1000).optional(),
    nextToken: z.string().optional(),
    policyDocument: z.string(),
    policyType: z.enum(['IDENTITY_POLICY', 'RESOURCE_POLICY', 'SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']),
    validatePolicyResourceType: z.enum(RESOURCE_TYPES).optional(),
  }),
  (_, { policyDocument, policyType, validatePolicyResourceType, maxResults = 0, nextToken }) => {
    if (policyDocument === '')
      return awsError('ValidationException', 'The policy document is empty.', { reason: 'other' });
    if (validatePolicyResourceType !== undefined && policyType !== 'RESOURCE_POLICY') {
      const message = 'The policy validation resource type is only supported for policies of type RESOURCE_POLICY.';
      return awsError('ValidationException', message, { reason: 'fieldValidationFailed' });
    }
    const policy = { text: policyDocument, policyType, resourceType: validatePolicyResourceType ?? null };
    const findings = validatePolicy(policy, serviceReference());
    const cut = cutPage('ValidatePolicy', nextToken, maxResults === 0 ? 1000 : maxResults, wholeList(findings));
    return cut === null ? INVALID_TOKEN : ok({ findings: cut.items, nextToken: cut.next });
  },
  refuse,
);

/** The operations of Access Analyzer that validate policies. */
export const policyValidationOperations = [validatePolicyOperation];
