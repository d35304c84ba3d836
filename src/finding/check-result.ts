import type { JsonObject } from '../kernel/json.ts';
import type { CollectionGap } from '../snapshot/collected.ts';

/** How bad a finding is, worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** How bad a finding is. */
export type Severity = (typeof SEVERITIES)[number];

/** The families of checks. */
export const CATEGORIES = ['credentials', 'unused', 'external', 'escalation', 'policy', 'account'] as const;

/** The family of a check. */
export type Category = (typeof CATEGORIES)[number];

/** What a finding is about. */
export const SUBJECT_TYPES = [
  'Account',
  'RootUser',
  'User',
  'Group',
  'Role',
  'ManagedPolicy',
  'ServerCertificate',
  'IdentityProvider',
  'InstanceProfile',
  'IdentityProvider',
  'PermissionSet',
  'Resource',
] as const;

/** The kind of thing a finding is about. */
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** What a check says of one subject. */
export interface CheckResult {
  /** `arn` of the thing; `part` tells several findings of one check and thing apart (an access key id, a policy name). */
  readonly subject: { readonly arn: string; readonly part?: string };
  /** `unknown`: the data could not be read; never a pass. */
  readonly outcome: 'fail' | 'pass' | 'unknown';
  /** Facts behind the outcome: data, not sentences. Stays out of the finding's identity. */
  readonly evidence: JsonObject;
  /** Why it is unknown; only then. */
  readonly gap?: CollectionGap;
  /** Replaces the check's severity where the case is milder or worse. */
  readonly severity?: Severity;
  /** Replaces the check's steps of remediation where the case knows better ones. */
  readonly remediation?: readonly string[];
  /** What must hold for the finding to be real, where its access is only conditional. */
  readonly conditions?: ResidualConditions;
  /** Only in the category `external`. */
  readonly external?: ExternalAccess;
  /** Only in the category `escalation`. */
  readonly escalation?: Escalation;
}

/** Conditions that an access depends on: as a sentence, and as data. */
export interface ResidualConditions {
  readonly text: string;
  readonly formula: JsonObject;
}

/** Access that somebody outside the account has. */
export interface ExternalAccess {
  /** As the policy names it: `*`, an account id, an ARN, a provider, a service. */
  readonly principal: string;
  readonly kind: 'public' | 'account' | 'organization' | 'federated' | 'service';
  readonly resource: string;
  readonly actions: readonly string[];
}

/** A way of one principal to more than it holds. */
export interface Escalation {
  /** `administrator`, or the ARN of the principal gained. */
  readonly reaches: string;
  readonly proof: 'proven' | 'derived' | 'conditional';
  /** Why it is not proven, in words; absent: it is, or nothing can be said. */
  readonly proofReason?: string;
  readonly steps: readonly EscalationStep[];
  /** The requests of the replay on a copy of the account, in order; absent: nothing was replayed. */
  readonly transcript?: readonly TranscriptEntry[];
}

/** A request of a replay, and what became of it. Secrets stand as placeholders. */
export interface TranscriptEntry {
  /** Position of the step in `steps`; null: before the first step, or after the last. */
  readonly step: number | null;
  /** The ARN of whoever made it; `anonymous`: nobody signed it. */
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  readonly parameters: JsonObject;
  /** `allowed`: it was not sent, for a service would answer that the copy does not have; it would have been allowed. */
  readonly outcome: 'done' | 'allowed' | 'refused';
  /** AWS's error code and message, where it was refused. */
  readonly code?: string;
  readonly message?: string;
}

/** One hop of an escalation path. */
export interface EscalationStep {
  /** Id of the escalation catalogue, such as `iam-007`. */
  readonly method: string;
  readonly from: string;
  readonly to: string;
  /** What holds in the account beside the permissions, a sentence each: whom a role trusts, what runs as it. */
  readonly preconditions?: readonly string[];
  readonly requests: readonly {
    readonly action: string;
    readonly resource: string;
    readonly grantedBy: readonly GrantingStatement[];
  }[];
}

/** The statement that grants something: the policy (ARN, or `principal-arn#inline/name`), and its index from 0. */
export interface GrantingStatement {
  readonly policy: string;
  readonly statement: number;
}
