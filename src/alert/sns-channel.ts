import { snsMessage } from '../alert-content/sns-message.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import { type AwsReach, attemptOfAwsError, clientSettings } from './aws-attempt.ts';
import { type Patience, tryDelivering } from './try-delivering.ts';

/** A topic of Amazon SNS. Its region is that of its ARN. */
export const snsChannel = (target: AwsReach & { readonly topicArn: string }, patience: Patience): AlertChannel => ({
  send: async (alert) => {
    const { SNSClient, PublishCommand } = await import('@aws-sdk/client-sns');
    const region = target.region ?? target.topicArn.split(':')[3];
    const client = new SNSClient(clientSettings({ ...target, region }, patience.timeoutMs));
    const { subject, message, attributes } = snsMessage(alert);
    const command = new PublishCommand({
      TopicArn: target.topicArn,
      Subject: subject,
      Message: message,
      MessageStructure: 'json',
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
      ),
      // A FIFO topic wants both, another one neither: what is sent twice is dropped there.
      ...(target.topicArn.endsWith('.fifo')
        ? { MessageGroupId: alert.account?.id ?? 'vigil', MessageDeduplicationId: alert.id }
        : {}),
    });
    const sent = await tryDelivering(async () => {
      try {
        await client.send(command);
        return { kind: 'delivered' };
      } catch (error) {
        return attemptOfAwsError(error);
      }
    }, patience);
    client.destroy();
    return sent;
  },
});
