import { z } from 'zod';
import type { Config } from '../config/config.ts';
import type { RunResult } from '../daemon/run-result.ts';
import type { DaemonOptions } from './daemon-options.ts';
import type { NightOrder } from './night-order.ts';
import type { Notice } from './terminal.ts';

/** What a process of its own is told, to audit a group. */
export interface GroupOrder {
  /** As the group names them; null: all. */
  readonly accounts: readonly string[] | null;
  readonly options: DaemonOptions;
  readonly config: Config;
  /** The place of the daemon's history. */
  readonly history: string;
}

/** What a process of its own is told to do. */
export type ProcessOrder =
  | ({ readonly kind: 'group' } & GroupOrder)
  /** To audit an account of a night. */
  | ({ readonly kind: 'account'; readonly key: string } & NightOrder)
  /** To make the report of a night. */
  | ({ readonly kind: 'night' } & NightOrder);

// Both ends are one program: what one of them wrote, the other one holds for what it says it is.
const whole = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null);

/** What the daemon says to the process that audits. */
export const toGroupProcess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('audit'), order: whole<ProcessOrder>() }),
  z.object({ kind: z.literal('write'), may: z.boolean() }),
]);

/** What the process that audits says to the daemon. */
export const fromGroupProcess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phase'), name: z.string(), total: z.number().optional() }),
  z.object({ kind: z.literal('step') }),
  z.object({ kind: z.literal('notice'), notice: whole<Notice>() }),
  /** Asked before the first thing is written, and waits for `write`. */
  z.object({ kind: z.literal('may-write') }),
  /** `stays`: the process waits to be told more. */
  z.object({ kind: z.literal('result'), result: whole<RunResult>(), stays: z.boolean() }),
]);

/** What the daemon says to the process that audits. */
export type ToGroupProcess = z.infer<typeof toGroupProcess>;

/** What the process that audits says to the daemon. */
export type FromGroupProcess = z.infer<typeof fromGroupProcess>;
