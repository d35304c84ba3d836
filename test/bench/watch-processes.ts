import { readFileSync } from 'node:fs';

/** A process as it was when it was last seen. */
export interface WatchedProcess {
  /** Which of the trees it is in. */
  readonly tree: string;
  /** What was going on when it was first seen. */
  readonly phase: string;
  readonly isRoot: boolean;
  /** The most memory that it ever held (`VmHWM`). */
  readonly peakMiB: number;
  /** What it used meanwhile, of a root with all its children that have ended. */
  readonly cpuSeconds: number;
}

const EVERY_MS = 200;
const MIB = 1024 * 1024;
const TICKS_PER_SECOND = 100;

/** Watches trees of processes by their names and first processes until `stop` tells what they used. Linux only. */
export const watchProcesses = (
  roots: ReadonlyMap<string, number>,
  phase: () => string,
): { readonly stop: () => readonly WatchedProcess[] } => {
  const seen = new Map<number, WatchedProcess>();
  const before = new Map([...roots.values()].map((pid) => [pid, usageOf(pid, true)?.cpuSeconds ?? 0]));
  const look = (): void => {
    for (const [tree, root] of roots) {
      for (const pid of [root, ...descendantsOf(root)]) {
        const used = usageOf(pid, pid === root);
        if (used === null) continue;
        const { phase: since = phase() } = seen.get(pid) ?? {};
        const cpuSeconds = used.cpuSeconds - (before.get(pid) ?? 0);
        seen.set(pid, { tree, phase: since, isRoot: pid === root, peakMiB: used.peakMiB, cpuSeconds });
      }
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return [...seen.values()];
    },
  };
};

const descendantsOf = (pid: number): readonly number[] => {
  const children = (textOf(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
};

const usageOf = (pid: number, withChildren: boolean) => {
  const [status, stat] = [textOf(`/proc/${pid}/status`), textOf(`/proc/${pid}/stat`)];
  const [, peakKiB] = /^VmHWM:\s+(\d+)/m.exec(status ?? '') ?? [];
  if (peakKiB === undefined || stat === null) return null;
  // Fields 14 to 17 of proc(5); the name before them may hold anything.
  const ticks = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, withChildren ? 15 : 13)
    .map(Number);
  const cpuSeconds = ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
  return { peakMiB: (Number(peakKiB) * 1024) / MIB, cpuSeconds };
};

/** Null: the process is gone. */
const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};
