import type { Generated } from 'kysely';

/** The tables of the history database, as the latest of the migrations leaves them. */
export interface Tables {
  /** Texts by their SHA-256 hash, deflated. */
  readonly documents: { readonly hash: string; readonly body: Uint8Array };
  readonly runs: {
    readonly id: string;
    readonly started_at: string;
    readonly finished_at: string;
    readonly vigil_version: string;
    readonly reference_date: string;
    readonly baseline_run_id: string | null;
    /** The accounts that were to be read, as JSON; null where the configuration listed none. */
    readonly expected: string | null;
  };
  readonly run_accounts: {
    readonly run_id: string;
    readonly account_id: string;
    readonly alias: string | null;
    readonly complete: number;
  };
  readonly snapshots: {
    readonly run_id: string;
    readonly account_id: string;
    readonly file: string;
    readonly document_hash: string;
  };
  readonly findings: {
    readonly run_id: string;
    readonly key: string;
    readonly account_id: string;
    readonly state: string;
    readonly first_seen: string;
    readonly last_seen: string;
    readonly document_hash: string;
  };
  /** How many findings an audit has in each state; a state without any is absent. */
  readonly run_states: {
    readonly run_id: string;
    readonly state: string;
    readonly findings: number;
  };
  /** Alerts that wait, have arrived or were given up, in the order in which they were queued. */
  readonly alerts: {
    readonly number: Generated<number>;
    readonly id: string;
    readonly route: string;
    readonly queued_at: string;
    readonly state: string;
    readonly settled_at: string | null;
    /** The alert as JSON, deflated. */
    readonly body: Uint8Array;
  };
  /** How delivery to each route fares, and which process has it. */
  readonly alert_routes: {
    readonly route: string;
    readonly failures: number;
    readonly failing_since: string | null;
    readonly retry_at: string | null;
    readonly dead_since: string | null;
    readonly is_reported: number;
    readonly problem: string | null;
    readonly last_delivery: string | null;
    readonly holder: string | null;
    readonly held_until: string | null;
  };
  /** What each route was told last of what. */
  readonly told: {
    readonly route: string;
    readonly key: string;
    readonly account_id: string;
    readonly stance: string;
    readonly as_of: string;
    readonly told_at: string;
  };
  /** Audits of many accounts that belong together. */
  readonly nights: {
    readonly id: string;
    readonly group_name: string;
    readonly started_at: string;
    readonly deadline: string;
    /** The accounts that are expected and not to be read, as JSON. */
    readonly unread: string;
    readonly finished_at: string | null;
    /** What became of the accounts, as JSON; null while it goes on. */
    readonly expected: string | null;
    readonly problem: string | null;
  };
  readonly night_accounts: {
    readonly night_id: string;
    readonly key: string;
    /** How the configuration knows it, as JSON. */
    readonly plan: string;
    readonly state: string;
    readonly account_id: string | null;
    readonly run_id: string | null;
    readonly reason: string | null;
    /** What its audit comes to, deflated. */
    readonly summary: Uint8Array | null;
  };
  readonly removals: {
    readonly run_id: string;
    readonly started_at: string;
    readonly removed_at: string;
    readonly reason: string;
  };
}
