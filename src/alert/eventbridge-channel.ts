import type { PutEventsCommandOutput, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { type EventBridgeEntry, eventBridgeEntries } from '../alert-content/eventbridge-entries.ts';
import type { Alert } from '../finding/alert.ts';
import { err, ok } from '../kernel/result.ts';
import { epochMillis } from '../kernel/time.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import { type AwsReach, attemptOfAwsError, clientSettings } from './aws-attempt.ts';
import { type Attempt, type Patience, tryDelivering } from './try-delivering.ts';

const MOST_IN_CALL = 10;

/** A bus of Amazon EventBridge, by name or ARN. Of entries that it refuses, those alone are sent again. */
export const eventBridgeChannel = (
  target: AwsReach & { readonly eventBus: string },
  patience: Patience,
): AlertChannel => ({
  send: async (alert) => {
    const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
    const client = new EventBridgeClient(clientSettings(target, patience.timeoutMs));
    const put: Put = (entries) => client.send(new PutEventsCommand({ Entries: [...entries] }));
    const entries = eventBridgeEntries(alert).map((entry) => requestEntry(entry, target.eventBus, alert));
    try {
      let attempts = 0;
      for (let from = 0; from < entries.length; from += MOST_IN_CALL) {
        const sent = await tryDelivering(putRemaining(put, entries.slice(from, from + MOST_IN_CALL)), patience);
        if (!sent.ok) return err({ ...sent.error, attempts: attempts + sent.error.attempts });
        attempts += sent.value.attempts;
      }
      return ok({ attempts });
    } finally {
      client.destroy();
    }
  },
});

type Put = (entries: readonly PutEventsRequestEntry[]) => Promise<PutEventsCommandOutput>;

const putRemaining = (put: Put, entries: readonly PutEventsRequestEntry[]): (() => Promise<Attempt>) => {
  let remaining = entries;
  return async () => {
    try {
      const { Entries: results = [] } = await put(remaining);
      remaining = remaining.filter((_, index) => results[index]?.ErrorCode !== undefined);
      if (remaining.length === 0) return { kind: 'delivered' };
      const code = results.find(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode ?? '';
      const message = `refused ${String(remaining.length)} events (${/^[A-Za-z]{1,60}$/.test(code) ? code : 'unknown error'})`;
      return { kind: 'unreachable', message, retryAfterSeconds: null };
    } catch (error) {
      return attemptOfAwsError(error);
    }
  };
};

const requestEntry = (
  { source, detailType, detail, resources }: EventBridgeEntry,
  eventBus: string,
  { at }: Alert,
): PutEventsRequestEntry => ({
  Source: source,
  DetailType: detailType,
  Detail: detail,
  Resources: [...resources],
  EventBusName: eventBus,
  Time: new Date(epochMillis(at)),
});
