import { describeResidual } from '../../evaluate/describe-residual.ts';
import type { Formula } from '../../evaluate/formula.ts';
import type { ResidualConditions } from '../../finding/check-result.ts';

/** The conditions that a formula stands for, as a result carries them; none for one that always holds. */
export const conditionsOf = (residual: Formula): { readonly conditions?: ResidualConditions } =>
  residual.kind === 'true' ? {} : { conditions: describeResidual(residual) };
