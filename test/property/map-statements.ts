import type { NaivePolicy, NaiveRequest } from '../naive/naive-request.ts';

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** The statements of a document, which may be one or a list. */
export const statementsOf = (document: unknown): readonly Json[] => {
  const { Statement } = document as { readonly Statement: Json | readonly Json[] };
  return [Statement].flat() as readonly Json[];
};

/** A request with other statements in the place of those of each of its policies. */
export const mapStatements = (
  request: NaiveRequest,
  change: (all: readonly Json[]) => readonly Json[],
): NaiveRequest => {
  const document = (raw: unknown) => ({ ...(raw as Json), Statement: change(statementsOf(raw)) });
  const policies = (all: readonly NaivePolicy[] | undefined) =>
    all?.map((each) => ({ ...each, document: document(each.document) }));
  const levels = (all: NaiveRequest['scps']) => all?.map((level) => policies(level) ?? []);
  const changed = {
    identityPolicies: policies(request.identityPolicies),
    groupPolicies: policies(request.groupPolicies),
    permissionBoundaries: policies(request.permissionBoundaries),
    sessionPolicies: policies(request.sessionPolicies),
    scps: levels(request.scps),
    rcps: levels(request.rcps),
    resourcePolicy: request.resourcePolicy === undefined ? undefined : document(request.resourcePolicy),
    endpointPolicies: policies(request.endpointPolicies),
  };
  const present = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
  return { ...request, ...present };
};
