import { z } from 'zod';
import { friendlyName, parseArn } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { PermissionSetBoundary } from '../../identity-center-state.ts';
import { operation, readOperation } from '../../operation.ts';
import { checkPolicyDocument } from '../../policy-grammar/check-policy-document.ts';
import {
  findPermissionSet,
  ofPermissionSet,
  pageAnswer,
  paging,
  refuse,
  withPermissionSet,
} from './identity-center-operation.ts';

/** `sso:PutInlinePolicyToPermissionSet`. */
const putInlinePolicy = operation(
  'sso:PutInlinePolicyToPermissionSet',
  ofPermissionSet.extend({ InlinePolicy: z.string().min(1).max(32_768) }),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const checked = checkPolicyDocument(input.InlinePolicy, 'inline');
    if (!checked.ok) return awsError('ValidationException', checked.error.message);
    const set = { ...found.value.set, inlinePolicy: input.InlinePolicy };
    return ok({ state: withPermissionSet(state, found.value.instance, set), answer: {} });
  },
  refuse,
);

/** `sso:GetInlinePolicyForPermissionSet`: empty where there is none. */
const getInlinePolicy = readOperation(
  'sso:GetInlinePolicyForPermissionSet',
  ofPermissionSet,
  (state, input) => {
    const found = findPermissionSet(state, input);
    return found.ok ? ok({ InlinePolicy: found.value.set.inlinePolicy }) : found;
  },
  refuse,
);

/** `sso:DeleteInlinePolicyFromPermissionSet`. */
const deleteInlinePolicy = operation(
  'sso:DeleteInlinePolicyFromPermissionSet',
  ofPermissionSet,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const set = { ...found.value.set, inlinePolicy: '' };
    return ok({ state: withPermissionSet(state, found.value.instance, set), answer: {} });
  },
  refuse,
);

const ofManagedPolicy = ofPermissionSet.extend({ ManagedPolicyArn: z.string().min(20).max(2048) });

/** `sso:AttachManagedPolicyToPermissionSet`. */
const attachManagedPolicy = operation(
  'sso:AttachManagedPolicyToPermissionSet',
  ofManagedPolicy,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const arn = parseArn(input.ManagedPolicyArn);
    if (!arn.ok) return awsError('ValidationException', `The policy ARN ${input.ManagedPolicyArn} is not valid.`);
    if (set.managedPolicies.includes(arn.value)) {
      const message = `Permission set with id ${set.arn} already has a typed link attachment to a managed policy with ${arn.value}`;
      return awsError('ConflictException', message);
    }
    const managedPolicies = [...set.managedPolicies, arn.value];
    return ok({ state: withPermissionSet(state, instance, { ...set, managedPolicies }), answer: {} });
  },
  refuse,
);

/** `sso:DetachManagedPolicyFromPermissionSet`. */
const detachManagedPolicy = operation(
  'sso:DetachManagedPolicyFromPermissionSet',
  ofManagedPolicy,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const managedPolicies = set.managedPolicies.filter((arn) => arn !== input.ManagedPolicyArn);
    if (managedPolicies.length === set.managedPolicies.length) {
      return awsError('ResourceNotFoundException', `Could not find ManagedPolicy with arn ${input.ManagedPolicyArn}`);
    }
    return ok({ state: withPermissionSet(state, instance, { ...set, managedPolicies }), answer: {} });
  },
  refuse,
);

/** `sso:ListManagedPoliciesInPermissionSet`. */
const listManagedPolicies = readOperation(
  'sso:ListManagedPoliciesInPermissionSet',
  ofPermissionSet.extend(paging),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const policies = found.value.set.managedPolicies.toSorted();
    return pageAnswer(
      'AttachedManagedPolicies',
      input,
      policies.map((arn) => [arn, { Name: friendlyName(arn), Arn: arn }] as const),
    );
  },
  refuse,
);

const customerPolicy = z.object({
  Name: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\w+=,.@-]+$/),
  Path: z
    .string()
    .min(1)
    .max(512)
    .regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/)
    .default('/'),
});

const ofCustomerPolicy = ofPermissionSet.extend({ CustomerManagedPolicyReference: customerPolicy });

/** `sso:AttachCustomerManagedPolicyReferenceToPermissionSet`. */
const attachCustomerPolicy = operation(
  'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
  ofCustomerPolicy,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const { Name: name, Path: path } = input.CustomerManagedPolicyReference;
    if (set.customerPolicies.some((each) => each.name === name && each.path === path)) {
      return awsError(
        'ConflictException',
        `Permission set already has a reference to customer managed policy ${path}${name}`,
      );
    }
    const customerPolicies = [...set.customerPolicies, { name, path }];
    return ok({ state: withPermissionSet(state, instance, { ...set, customerPolicies }), answer: {} });
  },
  refuse,
);

/** `sso:DetachCustomerManagedPolicyReferenceFromPermissionSet`. */
const detachCustomerPolicy = operation(
  'sso:DetachCustomerManagedPolicyReferenceFromPermissionSet',
  ofCustomerPolicy,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const { Name: name, Path: path } = input.CustomerManagedPolicyReference;
    const customerPolicies = set.customerPolicies.filter((each) => each.name !== name || each.path !== path);
    if (customerPolicies.length === set.customerPolicies.length) {
      return awsError('ResourceNotFoundException', `Could not find customer managed policy ${path}${name}`);
    }
    return ok({ state: withPermissionSet(state, instance, { ...set, customerPolicies }), answer: {} });
  },
  refuse,
);

/** `sso:ListCustomerManagedPolicyReferencesInPermissionSet`. */
const listCustomerPolicies = readOperation(
  'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
  ofPermissionSet.extend(paging),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const references = found.value.set.customerPolicies.map(
      ({ name, path }) => [`${path}${name}`, { Name: name, Path: path }] as const,
    );
    return pageAnswer(
      'CustomerManagedPolicyReferences',
      input,
      references.toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  },
  refuse,
);

/** `sso:PutPermissionsBoundaryToPermissionSet`. */
const putBoundary = operation(
  'sso:PutPermissionsBoundaryToPermissionSet',
  ofPermissionSet.extend({
    PermissionsBoundary: z.object({
      CustomerManagedPolicyReference: customerPolicy.optional(),
      ManagedPolicyArn: z.string().min(20).max(2048).optional(),
    }),
  }),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const permissionsBoundary = boundaryOf(input.PermissionsBoundary);
    if (!permissionsBoundary.ok) return permissionsBoundary;
    const set = { ...found.value.set, permissionsBoundary: permissionsBoundary.value };
    return ok({ state: withPermissionSet(state, found.value.instance, set), answer: {} });
  },
  refuse,
);

const boundaryOf = (given: {
  readonly CustomerManagedPolicyReference?: z.output<typeof customerPolicy> | undefined;
  readonly ManagedPolicyArn?: string | undefined;
}): Result<PermissionSetBoundary, AwsError> => {
  const { CustomerManagedPolicyReference: customer, ManagedPolicyArn: managed } = given;
  if ((customer === undefined) === (managed === undefined)) {
    return awsError('ValidationException', 'A permissions boundary is one policy, AWS managed or customer managed.');
  }
  if (customer !== undefined) return ok({ kind: 'customer', policy: { name: customer.Name, path: customer.Path } });
  const arn = parseArn(managed ?? '');
  return arn.ok
    ? ok({ kind: 'managed', arn: arn.value })
    : awsError('ValidationException', `The policy ARN ${managed} is not valid.`);
};

/** `sso:GetPermissionsBoundaryForPermissionSet`. */
const getBoundary = readOperation(
  'sso:GetPermissionsBoundaryForPermissionSet',
  ofPermissionSet,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { permissionsBoundary: boundary, arn } = found.value.set;
    if (boundary === null) {
      return awsError('ResourceNotFoundException', `Could not find a permissions boundary of ${arn}`);
    }
    const PermissionsBoundary =
      boundary.kind === 'managed'
        ? { ManagedPolicyArn: boundary.arn }
        : { CustomerManagedPolicyReference: { Name: boundary.policy.name, Path: boundary.policy.path } };
    return ok({ PermissionsBoundary });
  },
  refuse,
);

/** `sso:DeletePermissionsBoundaryFromPermissionSet`. */
const deleteBoundary = operation(
  'sso:DeletePermissionsBoundaryFromPermissionSet',
  ofPermissionSet,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const set = { ...found.value.set, permissionsBoundary: null };
    return ok({ state: withPermissionSet(state, found.value.instance, set), answer: {} });
  },
  refuse,
);

/** The operations of Identity Center on the policies of permission sets. */
export const permissionSetPolicyOperations = [
  putInlinePolicy,
  getInlinePolicy,
  deleteInlinePolicy,
  attachManagedPolicy,
  detachManagedPolicy,
  listManagedPolicies,
  attachCustomerPolicy,
  detachCustomerPolicy,
  listCustomerPolicies,
  putBoundary,
  getBoundary,
  deleteBoundary,
];
