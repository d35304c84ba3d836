import { ok, type Result } from '../../kernel/result.ts';
import { withUser } from '../account-edits.ts';
import type { AccountState, RootState, UserState } from '../account-state.ts';
import type { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { findUser } from './account-entities.ts';
import { callerIn } from './callers.ts';

/** Whose credentials are spoken of: the root user's, or a user's. */
export type Holder = 'root' | UserState;

/** The credentials that the root user may have as users do. */
export type HolderParts = Pick<RootState, 'accessKeys' | 'mfaDevices' | 'signingCertificates'>;

/** The user of a name, or who calls where no name is given. */
export const holderOf = (state: AccountState, name: string | undefined, call: Call): Result<Holder, AwsError> =>
  name === undefined ? callerIn(state, call) : findUser(state, name);

/** What a holder has. */
export const partsOf = (state: AccountState, holder: Holder): HolderParts => (holder === 'root' ? state.root : holder);

/** The member `UserName` of what a holder has; the root user has none. */
export const ownerName = (holder: Holder): string | undefined => (holder === 'root' ? undefined : holder.userName);

/** How AWS names a holder in its words. */
export const holderName = (holder: Holder): string => ownerName(holder) ?? 'root';

/** The account with some of what a holder has replaced. */
export const withParts = (state: AccountState, holder: Holder, parts: Partial<HolderParts>): AccountState =>
  holder === 'root' ? { ...state, root: { ...state.root, ...parts } } : withUser(state, { ...holder, ...parts });

/** What an operation does that changes some of what a holder has, and answers nothing. */
export const changeParts = (
  { state, call, name }: { readonly state: AccountState; readonly call: Call; readonly name: string | undefined },
  change: (parts: HolderParts) => Result<Partial<HolderParts>, AwsError>,
) => {
  const holder = holderOf(state, name, call);
  if (!holder.ok) return holder;
  const changed = change(partsOf(state, holder.value));
  return changed.ok ? ok({ state: withParts(state, holder.value, changed.value), answer: {} }) : changed;
};
