import type { Connection } from '@leanvibe/protocol/streaming';
import { useQuery } from '@tanstack/react-query';
import { Bot, CircleHelp, Monitor, Smartphone, Terminal, type LucideIcon } from 'lucide-react';
import { useEffect } from 'react';
import { useConnection, useHub } from '../hub/hub-context.tsx';
import { connectionsKey } from '../hub/query-keys.ts';
import { Menu } from '../ui/Menu.tsx';
import { devicesOf, type ConnectedDevice } from './connected-devices.ts';
import styles from './Presence.module.css';

const icons: Readonly<Record<Connection['client_type'], LucideIcon>> = {
  web: Monitor,
  ios: Smartphone,
  cli: Terminal,
  agent: Bot,
  unknown: CircleHelp,
};

const refreshMs = 5_000;
const shownDevices = 4;

/** Who else has the workspace open, by device. Says nothing where one may not ask. */
export function Presence() {
  const { client, workspace, deviceId } = useHub();
  const { state } = useConnection();
  const { data, refetch } = useQuery({
    queryKey: connectionsKey(),
    queryFn: ({ signal }) => client.connections.list({ signal, retries: 0 }),
    refetchInterval: refreshMs,
    refetchOnWindowFocus: true,
    enabled: state === 'live',
  });
  useEffect(() => {
    if (state === 'live') void refetch();
  }, [state, refetch]);
  const devices = devicesOf(data ?? [], workspace, deviceId);
  if (devices.length === 0) return null;
  return (
    <Menu label="Who is here" align="end" sections={[{ id: 'devices', title: 'Here now', items: devices.map(itemOf) }]}>
      {(trigger) => (
        <button
          type="button"
          {...trigger}
          className={styles.presence}
          aria-label={`${devices.length} connected: ${devices.map(({ name }) => name).join(', ')}`}
        >
          {devices.slice(0, shownDevices).map((device) => (
            <DeviceMark key={device.key} device={device} />
          ))}
          {devices.length > shownDevices && <span>+{devices.length - shownDevices}</span>}
        </button>
      )}
    </Menu>
  );
}

const itemOf = ({ key, name, type, connections, isHere }: ConnectedDevice) => {
  const Icon = icons[type];
  const windows = connections === 1 ? undefined : `${connections} connections`;
  return { id: key, label: isHere ? `${name} (this browser)` : name, icon: <Icon size={14} />, hint: windows };
};

function DeviceMark({ device: { type, isHere } }: { device: ConnectedDevice }) {
  const Icon = icons[type];
  return (
    <span className={styles.device} data-here={isHere}>
      <Icon size={12} aria-hidden="true" />
    </span>
  );
}
