// One process of the comparison in Node: plain JavaScript on the built library, so that nothing but the provers is measured.
import { readFileSync } from 'node:fs';
import { groth16 as peer, curves } from 'snarkjs';

const { library, what, zkey, wtns, rounds, kernel } = JSON.parse(process.argv[2]);
const { groth16 } = await import(library);
const options = { kernel };
// Of this process alone: what getrusage answers starts with its parent's.
const peak = () => /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];

async function measured(work) {
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { value, wall: performance.now() - started, cpu: (user + system) / 1000 };
}

if (what === 'peak-of-nothing') console.log(peak());
else if (what === 'peak-of-ours' || what === 'peak-of-peer') {
  await (what === 'peak-of-ours' ? groth16 : peer).prove(zkey, wtns, null, options);
  console.log(peak());
} else {
  const circuit = await groth16.open(zkey, options);
  const threads = (await curves.getCurveFromName('bn128')).tm.concurrency;
  const runs = { peer: [], ours: [], again: [] };
  let metadata;
  // The first round warms up engines and caches, and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const theirs = await measured(() => peer.prove(zkey, wtns));
    const once = await measured(() => groth16.prove(zkey, wtns, null, options));
    const again = await measured(() => circuit.prove(wtns));
    ({ metadata } = again.value);
    if (round === 0) continue;
    runs.peer.push(theirs);
    runs.ours.push(once);
    runs.again.push(again);
  }
  const bare = (list) => list.map(({ wall, cpu }) => ({ wall, cpu }));
  console.log(JSON.stringify({ runs: { peer: bare(runs.peer), ours: bare(runs.ours), again: bare(runs.again) }, metadata, peerThreads: threads }));
}
process.exit(0);
