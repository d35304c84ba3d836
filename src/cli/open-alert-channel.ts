import type { Patience } from '../alert/try-delivering.ts';
import type { AlertRoute } from '../config/alert-route.ts';
import type { Environment } from '../config/environment.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Secret } from '../kernel/secret.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import type { Clock } from '../ports/clock.ts';
import { readSecret, readSecretAddress } from './alert-secrets.ts';
import { encloseReports } from './enclose-reports.ts';

/** What a channel needs beside its route. */
export interface ChannelSurroundings extends Patience {
  readonly environment: Environment;
  readonly clock: Clock;
}

/** The channel of a route, with its secrets read. Each is loaded when it is opened, and not where no route needs it. */
export const openAlertChannel = async (
  route: AlertRoute,
  surroundings: ChannelSurroundings,
): Promise<Result<AlertChannel, string>> => {
  const { environment } = surroundings;
  switch (route.channel) {
    case 'slack': {
      const url = await readSecretAddress(route.url, environment);
      if (!url.ok) return url;
      const { slackChannel } = await import('../alert/slack-channel.ts');
      return ok(slackChannel({ url: url.value }, surroundings));
    }
    case 'email':
      return openMail(route, surroundings);
    case 'webhook': {
      const url = await readSecretAddress(route.url, environment);
      const signingKey = await readSecret(route.signingKey, environment);
      if (!url.ok) return url;
      if (!signingKey.ok) return signingKey;
      const { webhookChannel } = await import('../alert/webhook-channel.ts');
      return ok(webhookChannel({ url: url.value, signingKey: signingKey.value }, surroundings));
    }
    case 'pagerduty': {
      const routingKey = await readSecret(route.routingKey, environment);
      if (!routingKey.ok) return routingKey;
      const { pagerdutyChannel } = await import('../alert/pagerduty-channel.ts');
      return ok(pagerdutyChannel({ routingKey: routingKey.value, url: route.url }, surroundings));
    }
    case 'sns': {
      const { snsChannel } = await import('../alert/sns-channel.ts');
      return ok(snsChannel(route, surroundings));
    }
    case 'eventbridge': {
      const { eventBridgeChannel } = await import('../alert/eventbridge-channel.ts');
      return ok(eventBridgeChannel(route, surroundings));
    }
  }
};

const SMTP_PORTS = { tls: 465, starttls: 587, none: 25 } as const;

const openMail = async (
  route: Extract<AlertRoute, { readonly channel: 'email' }>,
  surroundings: ChannelSurroundings,
): Promise<Result<AlertChannel, string>> => {
  let password: Secret | undefined;
  if (route.password !== undefined) {
    const read = await readSecret(route.password, surroundings.environment);
    if (!read.ok) return err(read.error);
    password = read.value;
  }
  const { emailChannel } = await import('../alert/email-channel.ts');
  const { host, security, user, from, to, port = SMTP_PORTS[security], attachLimitMegabytes } = route;
  return ok(
    emailChannel({ host, port, security, user, password, from, to }, surroundings, (reports) =>
      encloseReports(reports, attachLimitMegabytes),
    ),
  );
};
