import { scryptSync, timingSafeEqual } from 'node:crypto';
import type { Random } from './call.ts';
import type { LoginProfileState, PasswordHash } from './credential-state.ts';

/** Passes for passwords that nobody knows, as those of imported accounts. */
const EMULATED_PASSWORD = 'emulated';

/** Little, for many passwords of an account that is only emulated. */
const SCRYPT_COST = 1024;

const hashOf = (password: string, salt: string): Buffer => scryptSync(password, salt, 32, { cost: SCRYPT_COST });

/** What is kept of a password, with a salt of its own. */
export const hashPassword = (password: string, salt: string): PasswordHash => ({
  salt,
  hash: hashOf(password, salt).toString('hex'),
});

/** What is kept of a password, with a salt of chance. */
export const newPasswordHash = (password: string, random: Random): PasswordHash =>
  hashPassword(password, Buffer.from(random(16)).toString('hex'));

/** Whether it is the password that was hashed. */
export const isPassword = (password: string, { salt, hash }: PasswordHash): boolean =>
  timingSafeEqual(hashOf(password, salt), Buffer.from(hash, 'hex'));

/** Whether it is the password of a login profile. */
export const opensProfile = (password: string, profile: LoginProfileState): boolean =>
  profile.password === null ? password === EMULATED_PASSWORD : isPassword(password, profile.password);
