import type { InputOptions } from './input-options.ts';

/** The options of `vigil prove`, as commander parses them. */
export interface ProveOptions extends InputOptions {
  readonly json?: true;
  readonly commands?: true;
}
