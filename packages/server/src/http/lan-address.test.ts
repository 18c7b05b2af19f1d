import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { lanAddresses } from './lan-address.ts';

const address = (text: string, internal = false): NetworkInterfaceInfo =>
  ({ address: text, family: text.includes(':') ? 'IPv6' : 'IPv4', internal }) as NetworkInterfaceInfo;

it('[S3] knows the addresses that a phone can open, likely ones first', () => {
  const interfaces = {
    lo: [address('127.0.0.1', true)],
    docker0: [address('172.17.0.1')],
    eth0: [address('fe80::1'), address('192.168.1.20')],
  };
  expect(lanAddresses(interfaces)).toEqual(['192.168.1.20', '172.17.0.1']);
});

it('[S3] knows none on a machine without a network', () => {
  expect(lanAddresses({ lo: [address('127.0.0.1', true)] })).toEqual([]);
});
