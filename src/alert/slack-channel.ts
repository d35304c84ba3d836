import { IncomingWebhook, IncomingWebhookHTTPError, IncomingWebhookRequestError } from '@slack/webhook';
import { slackMessage } from '../alert-content/slack-message.ts';
import type { Secret } from '../kernel/secret.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import { attemptOfFailure, attemptOfStatus, retryAfterOf } from './http-attempt.ts';
import { type Attempt, type Patience, tryDelivering } from './try-delivering.ts';

/** A channel of Slack behind an incoming webhook, whose address lets in whoever knows it. */
export const slackChannel = ({ url }: { readonly url: Secret }, patience: Patience): AlertChannel => ({
  send: (alert) => {
    const message = slackMessage(alert);
    return tryDelivering(() => sendOnce(url, message, patience), patience);
  },
});

const sendOnce = async (
  url: Secret,
  { blocks, ...message }: ReturnType<typeof slackMessage>,
  { timeoutMs }: Patience,
): Promise<Attempt> => {
  let retryAfterSeconds: number | null = null;
  const webhook = new IncomingWebhook(url.reveal(), {
    timeout: timeoutMs,
    // The library's error does not hold the headers of the answer.
    fetch: async (target, init) => {
      const response = await fetch(target, init);
      retryAfterSeconds = retryAfterOf(response.headers);
      return response;
    },
  });
  try {
    await webhook.send({ ...message, blocks: [...blocks] });
    return { kind: 'delivered' };
  } catch (error) {
    if (error instanceof IncomingWebhookHTTPError) {
      return attemptOfStatus(error.statusCode, retryAfterSeconds, knownWords(error.body));
    }
    return attemptOfFailure(error instanceof IncomingWebhookRequestError ? error.original : error);
  }
};

// Slack says why in a word (`invalid_blocks`, `channel_is_archived`); nothing else is taken over.
const knownWords = (body: string): string => (/^[a-z]+(_[a-z]+)+$/.test(body) && body.length <= 60 ? body : '');
