import { readFileSync } from 'node:fs';

/** What a process used in a phase. */
export interface ProcessUse {
  /** Which of the trees it is in. */
  readonly tree: string;
  readonly isRoot: boolean;
  readonly phase: string;
  /** The most memory that it held at once. */
  readonly peakMiB: number;
  readonly cpuSeconds: number;
}

const EVERY_MS = 200;
const TICKS_PER_SECOND = 100;

/**
 * Looks at trees of processes, by their names and first processes, five times a second until `stop` tells what each used in each
 * phase. `phase`: what goes on now. Linux only.
 */
export const watchProcesses = (
  roots: ReadonlyMap<string, number>,
  phase: () => string,
): { readonly stop: () => readonly ProcessUse[] } => {
  const uses = new Map<string, ProcessUse>();
  const usedBefore = new Map<number, number>();
  const look = (counts: boolean): void => {
    const now = phase();
    for (const [tree, root] of roots) {
      for (const pid of [root, ...descendantsOf(root)]) {
        const usage = usageOf(pid);
        if (usage === null) continue;
        const more = counts ? usage.cpuSeconds - (usedBefore.get(pid) ?? 0) : 0;
        usedBefore.set(pid, usage.cpuSeconds);
        const key = `${pid} ${now}`;
        const { peakMiB = 0, cpuSeconds = 0 } = uses.get(key) ?? {};
        const peak = Math.max(peakMiB, usage.residentMiB);
        uses.set(key, { tree, isRoot: pid === root, phase: now, peakMiB: peak, cpuSeconds: cpuSeconds + more });
      }
    }
  };
  look(false);
  const timer = setInterval(() => look(true), EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      look(true);
      return [...uses.values()];
    },
  };
};

const descendantsOf = (pid: number): readonly number[] => {
  const children = (textOf(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
};

const usageOf = (pid: number) => {
  const [status, stat] = [textOf(`/proc/${pid}/status`), textOf(`/proc/${pid}/stat`)];
  const [, residentKiB] = /^VmRSS:\s+(\d+)/m.exec(status ?? '') ?? [];
  if (residentKiB === undefined || stat === null) return null;
  // Fields 14 and 15 of proc(5); the name before them may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    residentMiB: Number(residentKiB) / 1024,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
  };
};

/** Null: the process is gone. */
const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};
