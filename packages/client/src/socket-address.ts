import { addressOf } from './http-request.ts';
import type { StreamOptions, Subscription } from './stream-types.ts';

/** The subprotocol that carries a token, since browsers let nobody set headers on a WebSocket. */
export const bearerProtocol = (token: string): string => `leanvibe.bearer.${token}`;

/** The address of a workspace's WebSocket. */
export function socketAddress(
  { baseUrl, clientId }: { baseUrl: string; clientId: string },
  cursor: string | null,
  subscription: Subscription,
  { deviceId, clientType }: Pick<StreamOptions, 'deviceId' | 'clientType'>,
): string {
  const query = {
    cursor: cursor ?? undefined,
    channels: subscription.channels?.join(','),
    min_priority: subscription.minPriority,
    batch_ms: subscription.batchMs,
    device_id: deviceId,
    client_type: clientType,
  };
  return addressOf(baseUrl, 'openSocket', { params: { client_id: clientId }, query }).replace(/^http/i, 'ws');
}
