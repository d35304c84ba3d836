import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { Check } from '../define-check.ts';

const FREE: readonly string[] = ['accountId', 'partition', 'collectedAt', 'missingParts', 'gaps'];

/** The snapshot, throwing where a part is touched that the check does not declare in `reads`. */
export const watchReads = (account: AccountSnapshot, { id, reads }: Check): AccountSnapshot =>
  new Proxy(account, {
    get(target, part, receiver): unknown {
      if (![...FREE, ...reads].includes(String(part))) throw new Error(`${id} reads ${String(part)} undeclared`);
      return Reflect.get(target, part, receiver);
    },
  });
