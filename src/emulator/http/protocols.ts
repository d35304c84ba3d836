import type { AwsService } from '../wire/aws-service.ts';
import { type HttpRequest, headerOf } from '../wire/http-request.ts';
import { jsonProtocol } from '../wire/json-protocol.ts';
import type { Protocol } from '../wire/protocol.ts';
import { queryProtocol } from '../wire/query-protocol.ts';
import { restJsonProtocol, restXmlProtocol } from '../wire/rest-protocols.ts';
import type { ServiceRow } from '../wire/service-rows.ts';

/** The name of a protocol. */
export type ProtocolName = ServiceRow['protocol'];

const PROTOCOLS: Readonly<Record<ProtocolName, Protocol>> = {
  query: queryProtocol,
  json: jsonProtocol,
  restJson: restJsonProtocol,
  restXml: restXmlProtocol,
};

/** The protocol that a request to a service speaks: the service's own, or AWS Query where it once spoke that (SQS). */
export const protocolOf = (
  service: AwsService,
  request: HttpRequest,
): { readonly name: ProtocolName; readonly protocol: Protocol } => {
  const name =
    service.protocol === 'json' && service.xmlNamespace !== '' && !isJson(request) ? 'query' : service.protocol;
  return { name, protocol: PROTOCOLS[name] };
};

/** The protocol of a request to a service that is not known: forms read XML, and so do S3's clients; others read JSON. */
export const refusalProtocol = (request: HttpRequest, service: string | null): Protocol => {
  if (isJson(request)) return jsonProtocol;
  return service === null || isForm(request) ? queryProtocol : jsonProtocol;
};

const isForm = ({ contentType }: HttpRequest): boolean => /^application\/x-www-form-urlencoded\b/i.test(contentType);

const isJson = (request: HttpRequest): boolean => headerOf(request, 'x-amz-target') !== undefined;
