/** Chooses ports: the usual one if it is free, else any other, so that two networks can run on one machine. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

export type Transport = 'tcp' | 'udp';

const LOOPBACK = '127.0.0.1';

/** @param preferred 0 for any free port */
export async function choosePort(preferred: number, transport: Transport = 'tcp'): Promise<number> {
  const open = transport === 'tcp' ? openTcp : openUdp;
  return (await open(preferred).catch(() => null)) ?? open(0);
}

function openTcp(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      const chosen = (server.address() as AddressInfo).port;
      server.close(() => resolve(chosen));
    });
  });
}

function openUdp(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, LOOPBACK, () => {
      const chosen = socket.address().port;
      socket.close(() => resolve(chosen));
    });
  });
}
