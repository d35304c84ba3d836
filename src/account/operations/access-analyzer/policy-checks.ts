import { z } from 'zod';
import { publicStatements } from '../../../evaluate/public-policy.ts';
import { canonicalJson } from '../../../kernel/json.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { type CompiledStatement, createPolicyCompiler, requestedAction } from '../../../policy/compile-policy.ts';
import { parsePolicyDocument } from '../../../policy/parse-policy-document.ts';
import { serviceReference } from '../../../reference/service-reference.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { type Answer, readOperation } from '../../operation.ts';
import { parsed, statementsOf } from '../../trust-document.ts';
import { refuse } from './analyzer-operation.ts';

const policyText = z.string().min(1).max(131_072);

const policyType = z.enum(['IDENTITY_POLICY', 'RESOURCE_POLICY']);

type Checked = Result<Answer, AwsError>;

const pass = (message: string): Checked => ok({ result: 'PASS', message });

const fail = (message: string, description: string, statementIndex: number): Checked =>
  ok({ result: 'FAIL', message, reasons: [{ description, statementIndex }] });

/** What the emulator cannot decide soundly it does not decide. */
const undecided = awsError(
  'UnprocessableEntityException',
  'The emulated account cannot decide this check: Deny statements or conditions overlap with what is granted.',
);

const malformed = awsError('InvalidParameterException', 'The policy document is not valid.');

const compiled = (text: string) => {
  const document = parsePolicyDocument(text);
  return document.problems.length > 0 ? null : createPolicyCompiler(serviceReference())(document);
};

/** `access-analyzer:CheckNoPublicAccess`. */
const checkNoPublicAccess = readOperation(
  'access-analyzer:CheckNoPublicAccess',
  z.object({ policyDocument: policyText, resourceType: z.string().startsWith('AWS::') }),
  (_, { policyDocument }) => {
    const policy = compiled(policyDocument);
    if (policy === null) return malformed;
    const [found] = publicStatements(policy);
    if (found === undefined)
      return pass('The resource policy does not grant public access for the given resource type.');
    const { index } = found.statement;
    return fail(
      'The resource policy grants public access for the given resource type.',
      `Public access granted in the following statement with index: ${index}.`,
      index,
    );
  },
  refuse,
);

/** `access-analyzer:CheckAccessNotGranted`: of actions, on whatever resource. */
const checkAccessNotGranted = readOperation(
  'access-analyzer:CheckAccessNotGranted',
  z.object({
    policyDocument: policyText,
    policyType,
    access: z
      .array(
        z.object({
          actions: z.array(z.string()).max(100).default([]),
          resources: z.array(z.string()).max(100).default([]),
        }),
      )
      .max(1),
  }),
  (_, { policyDocument, access }) => {
    const policy = compiled(policyDocument);
    if (policy === null) return malformed;
    const { actions, resources } = access[0] ?? { actions: [], resources: [] };
    const reference = serviceReference();
    for (const action of actions) {
      const requested = requestedAction(reference, action);
      const allow = policy.allows.find((statement) => statement.actions.matches(requested));
      if (allow === undefined) continue;
      const deny = policy.denies.find((statement) => statement.actions.matches(requested));
      if (deny !== undefined || resources.length > 0) {
        if (deny !== undefined && deniesEverywhere(policyDocument, deny)) continue;
        return undecided;
      }
      const { index } = allow.statement;
      return fail(
        'The policy document grants access to perform one or more of the listed actions.',
        `One or more of the listed actions in the statement with index: ${index}.`,
        index,
      );
    }
    if (actions.length === 0) return undecided;
    return pass('The policy document does not grant access to perform the listed actions.');
  },
  refuse,
);

/** Whether a Deny statement has `"Resource": "*"` and no condition, so that nothing of its actions is left. */
const deniesEverywhere = (text: string, { statement }: CompiledStatement): boolean => {
  const {
    Resource: resource = [],
    Principal: principal,
    Condition: condition,
  } = statementsOf(parsed(text))[statement.index] ?? {};
  return condition === undefined && (principal === undefined || principal === '*') && [resource].flat().includes('*');
};

/** `access-analyzer:CheckNoNewAccess`. */
const checkNoNewAccess = readOperation(
  'access-analyzer:CheckNoNewAccess',
  z.object({ newPolicyDocument: policyText, existingPolicyDocument: policyText, policyType }),
  (_, { newPolicyDocument, existingPolicyDocument }) => {
    const after = compiled(newPolicyDocument);
    const before = compiled(existingPolicyDocument);
    if (after === null || before === null) return malformed;
    if (isNarrower(newPolicyDocument, existingPolicyDocument)) {
      return pass('The modified permissions do not grant new access compared to your existing policy.');
    }
    const reference = serviceReference();
    const grown = after.allows.find((statement) =>
      reference.names.some((name) => {
        const action = requestedAction(reference, name);
        const isMatched = (each: CompiledStatement): boolean => each.actions.matches(action);
        return isMatched(statement) && !before.allows.some(isMatched) && !after.denies.some(isMatched);
      }),
    );
    if (grown === undefined) return undecided;
    const { index } = grown.statement;
    return fail(
      'The modified permissions grant new access compared to your existing policy.',
      `New access in the statement with index: ${index}.`,
      index,
    );
  },
  refuse,
);

/** Whether each Allow statement stands in the other document too, and each Deny statement of the other in this one. */
const isNarrower = (text: string, other: string): boolean => {
  const own = statementTexts(text);
  const theirs = statementTexts(other);
  return (
    own.allows.every((each) => theirs.allows.includes(each)) && theirs.denies.every((each) => own.denies.includes(each))
  );
};

const statementTexts = (text: string) => {
  const statements = statementsOf(parsed(text));
  const ofEffect = (effect: string) =>
    statements.filter(({ Effect }) => Effect === effect).map(({ Sid: _, ...rest }) => canonicalJson(rest));
  return { allows: ofEffect('Allow'), denies: ofEffect('Deny') };
};

/** The operations of Access Analyzer that check policies. */
export const policyCheckOperations = [checkNoPublicAccess, checkAccessNotGranted, checkNoNewAccess];
