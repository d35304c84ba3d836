/** How to mend what a check finds, as commands; names in capitals are to be replaced. */
export interface MendingCommands {
  /** For the AWS CLI. */
  readonly cli: string;
  /** What it looks like in Terraform; null: Terraform has nothing for it. */
  readonly terraform: string | null;
}

/** Commands by the ids of the checks whose findings they mend. */
export type CommandsByCheck = readonly (readonly [checkId: string, commands: MendingCommands])[];
