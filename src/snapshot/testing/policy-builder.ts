import type { PolicyDocument } from '../../policy/policy-document.ts';

// Stands in for the interner of policy/ until that is there: whole documents only, no problems told.
const createPolicyInterner = () => (raw: any): PolicyDocument => {
  const list = (x: any): any[] => (x === undefined ? [] : Array.isArray(x) ? x : [x]);
  const p = (s: any) => s.Principal ?? s.NotPrincipal;
  return {
    hash: JSON.stringify(raw),
    version: raw.Version ?? '2008-10-17',
    id: raw.Id ?? null,
    problems: [],
    statements: list(raw.Statement).map((s, index) => ({
      index,
      sid: s.Sid ?? null,
      effect: s.Effect,
      principal: p(s) && {
        kind: s.Principal ? 'principal' : 'notPrincipal',
        aws: p(s) === '*' ? ['*'] : list(p(s).AWS),
        service: list(p(s).Service),
        federated: list(p(s).Federated),
        canonicalUser: list(p(s).CanonicalUser),
      } || null,
      action: { kind: s.Action ? 'action' : 'notAction', patterns: list(s.Action ?? s.NotAction) },
      resource: s.Resource || s.NotResource ? { kind: s.Resource ? 'resource' : 'notResource', patterns: list(s.Resource ?? s.NotResource) } : null,
      conditions: Object.entries(s.Condition ?? {}).flatMap(([operator, keys]) =>
        Object.entries(keys as object).map(([key, values]) => ({ operator, key, values: list(values).map(String) }))),
    })),
  };
};

/** A policy document as a plain object (or JSON text), parsed; broken ones parse too, with their problems. */
export const policyDocument: (raw: unknown) => PolicyDocument = createPolicyInterner();

/** A document that allows actions on resources: `allow('s3:*')`, `allow(['s3:GetObject'], 'arn:aws:s3:::b/*')`. */
export const allow = (action: string | readonly string[], resource: string | readonly string[] = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

/** A trust policy that lets a principal assume the role: `trusts({ AWS: '111122223333' })`. */
export const trusts = (principal: unknown, condition?: Readonly<Record<string, unknown>>) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: principal,
      Action: 'sts:AssumeRole',
      ...(condition === undefined ? {} : { Condition: condition }),
    },
  ],
});
