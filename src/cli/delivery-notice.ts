import type { DeliveryEvent } from '../outbox/route-delivery.ts';
import type { DeliveryProblem } from '../ports/alert-channel.ts';
import { timeInWords } from '../report/words.ts';
import type { Notice } from './terminal.ts';

/** What happened while alerts were delivered, as it is told. */
export const deliveryNotice = (event: DeliveryEvent): Notice => {
  const { kind, ...fields } = event;
  const notice = (level: Notice['level'], message: string, words: string, further: Notice['fields'] = {}): Notice => ({
    level,
    message,
    fields: { ...fields, ...further },
    line: `alert route ${event.route}: ${words}`,
  });
  switch (event.kind) {
    case 'sent':
      return notice('info', 'alert sent', `sent${about(event.accountId)}`);
    case 'failed': {
      const { problem, retryAt, accountId } = event;
      const kept = retryAt === null ? '' : `; it is kept, and tried again from ${timeInWords(retryAt)}`;
      return notice('warn', 'alert not sent', `not sent${about(accountId)}: ${problemInWords(problem)}${kept}`);
    }
    case 'waits': {
      const what = event.count === 1 ? '1 message waits' : `${String(event.count)} messages wait`;
      const words = `${what} until ${timeInWords(event.until)}, since it failed before`;
      return notice('warn', 'alerts wait', words);
    }
    case 'given-up': {
      const what = event.count === 1 ? '1 alert is' : `${String(event.count)} alerts are`;
      const why = event.why === 'age' ? 'having waited too long' : 'since the route takes others';
      return notice('warn', 'alerts given up', `${what} given up, ${why}`);
    }
    case 'dead': {
      const told = event.toldTo === null ? 'no other route works that could be told' : `route ${event.toldTo} is told`;
      return notice(
        'warn',
        'alert route dead',
        `takes no alerts since ${timeInWords(event.since)}: ${event.problem}; ${told}`,
      );
    }
    case 'back':
      return notice('info', 'alert route back', 'takes alerts again');
    case 'busy':
      return notice('info', 'alert route busy', 'another process delivers to it');
  }
};

// Why a message did not arrive.
const problemInWords = ({ message, attempts }: DeliveryProblem): string =>
  `${message}, tried ${attempts === 1 ? 'once' : `${String(attempts)} times`}`;

const about = (accountId: string | null): string => (accountId === null ? '' : ` about account ${accountId}`);
