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
  readonly removals: {
    readonly run_id: string;
    readonly started_at: string;
    readonly removed_at: string;
    readonly reason: string;
  };
}
