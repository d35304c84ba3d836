import { type Caller, parseCaller } from '../../iam/caller.ts';
import { createPolicyCompiler } from '../../policy/compile-policy.ts';
import { parsePolicyDocument } from '../../policy/parse-policy-document.ts';
import { createActionIndex } from '../../reference/action-index.ts';
import type { AccessRequest, ApplicablePolicies, NamedPolicy, Settings } from '../applicable-policies.ts';
import { decide } from '../decide.ts';
import { residualText } from '../describe-residual.ts';
import { type RequestContext, withContext } from '../request-context.ts';

/** A statement or several, as a test writes them. */
export type Statements = object | readonly object[];

/** A question as a test writes it; what it leaves out is not there. */
export interface Question {
  readonly caller: readonly [kind: Caller['kind'], name: string];
  readonly action?: string;
  readonly resource?: string;
  readonly resourceAccount?: string;
  readonly context?: RequestContext;
  readonly unknown?: readonly string[];
  readonly identity?: Statements;
  readonly boundary?: Statements;
  readonly session?: Statements;
  readonly resourcePolicy?: Statements;
  readonly scps?: readonly Statements[];
  readonly rcps?: readonly Statements[];
  readonly endpoint?: Statements;
  readonly settings?: Settings;
}

const compile = createPolicyCompiler(createActionIndex([]));

const named = (name: string, Statement: Statements): NamedPolicy => ({
  name,
  policy: compile(parsePolicyDocument({ Version: '2012-10-17', Statement })),
});

const one = (name: string, statements: Statements | undefined): readonly NamedPolicy[] | null =>
  statements === undefined ? null : [named(name, statements)];

const BUCKET_OBJECT = 'arn:aws:s3:::amzn-s3-demo-bucket/key';

/** The engine's form of a question; by default whether `s3:GetObject` is allowed on an object of account 111122223333. */
export const toQuestion = (question: Question): readonly [AccessRequest, ApplicablePolicies] => {
  const { caller, action = 's3:GetObject', resource = BUCKET_OBJECT, resourceAccount = '111122223333' } = question;
  const parsed = parseCaller(...caller);
  if (!parsed.ok) throw new Error(parsed.error);
  const { unknown = [], scps, rcps, settings } = question;
  return [
    {
      action: { name: action.toLowerCase(), position: null },
      resource,
      resourceAccount,
      context: withContext(question.context ?? {}, (key) => (unknown.includes(key) ? 'unknown' : 'absent')),
      time: null,
      caller: parsed.value,
    },
    {
      identity: one('identity', question.identity) ?? [],
      boundary: one('boundary', question.boundary),
      unread: { identity: [], boundary: [] },
      session: one('session', question.session),
      resource: one('resource', question.resourcePolicy)?.[0] ?? null,
      ...(scps === undefined ? {} : { scps: scps.map((level, index) => [named(`scp ${index}`, level)]) }),
      ...(rcps === undefined ? {} : { rcps: rcps.map((level, index) => [named(`rcp ${index}`, level)]) }),
      endpoint: one('endpoint', question.endpoint),
      ...(settings === undefined ? {} : { settings }),
    },
  ];
};

/** The decision in a word: its kind, with the limit that is silent, or with the residual. */
export const ask = (question: Question): string => {
  const decision = decide(...toQuestion(question));
  if (decision.kind === 'implicitDeny') {
    return `implicitDeny by ${decision.silent}${decision.level === undefined ? '' : ` ${decision.level}`}`;
  }
  return decision.kind === 'allowedIf' ? `allowedIf ${residualText(decision.residual)}` : decision.kind;
};

/** A statement that allows everything, with whatever else it should have. */
export const allow = (more: object = {}): object => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });

/** A statement that denies everything, with whatever else it should have. */
export const deny = (more: object = {}): object => ({ Effect: 'Deny', Action: '*', Resource: '*', ...more });

/** A statement about something else. */
export const other: object = { Effect: 'Allow', Action: 'glacier:*', Resource: '*' };
