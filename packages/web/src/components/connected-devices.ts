import type { Connection } from '@leanvibe/protocol/streaming';

/** A device that has the workspace open, with however many windows. */
export type ConnectedDevice = {
  key: string;
  name: string;
  type: Connection['client_type'];
  connections: number;
  /** Whether it is this browser. */
  isHere: boolean;
};

const typeTitles: Readonly<Record<Connection['client_type'], string>> = {
  web: 'Browser',
  ios: 'Phone',
  cli: 'Terminal',
  agent: 'Agent',
  unknown: 'Program',
};

// Browsers name themselves by a random id, which says nothing to people.
const nameOf = ({ client_type: type, device_id: device }: Connection): string => {
  if (device === null) return typeTitles[type];
  const isRandom = /[0-9a-f]{8}-[0-9a-f]{4}-/i.test(device);
  return isRandom ? `${typeTitles[type]} ${device.slice(-4)}` : device;
};

/** The devices that have a workspace open, this browser first. What has no device id counts each for itself. */
export function devicesOf(connections: readonly Connection[], workspace: string, deviceId: string): ConnectedDevice[] {
  const devices = new Map<string, ConnectedDevice>();
  for (const connection of connections) {
    if (connection.client_id !== workspace) continue;
    const key = connection.device_id ?? connection.connection_id;
    const known = devices.get(key);
    const device = { key, name: nameOf(connection), type: connection.client_type, isHere: key === deviceId };
    devices.set(key, { ...device, connections: (known?.connections ?? 0) + 1 });
  }
  return [...devices.values()].toSorted(
    (first, second) => Number(second.isHere) - Number(first.isHere) || first.name.localeCompare(second.name),
  );
}
