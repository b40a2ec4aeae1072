/** The forge program itself: the script that npm puts in front of it ends with 0 whatever forge ended with. */
import { createRequire } from 'node:module';

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

export function forgeProgram(): string {
  const platform = `${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  return createRequire(import.meta.url).resolve(`@foundry-rs/forge-${platform}/bin/forge`);
}
