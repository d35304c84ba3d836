import type { Decision } from '../evaluate/decision.ts';

const NAMES = {
  allowed: 'Allowed',
  allowedIf: 'AllowedIf',
  explicitDeny: 'ExplicitlyDenied',
  implicitDeny: 'ImplicitlyDenied',
  undetermined: 'Undetermined',
} as const satisfies Record<Decision['kind'], string>;

/** How programs are told a decision. */
export type DecisionName = (typeof NAMES)[Decision['kind']];

/** How programs are told a decision. */
export const decisionName = ({ kind }: Decision): DecisionName => NAMES[kind];
