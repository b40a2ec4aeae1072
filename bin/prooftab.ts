/** The `prooftab` command: reads arguments, calls the check, prints what it found. Exit codes: 0 holds, 1 broken, 2 unusable input. */
import { parseArgs } from 'node:util';
import { commandWords } from '../messages/en/command-words.ts';

const HOLDS = 0;
const BROKEN = 1;
const UNUSABLE = 2;

function read(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rpc: { type: 'string' },
      deployment: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

async function run(args: readonly string[]): Promise<number> {
  let given: ReturnType<typeof read>;
  try {
    given = read(args);
  } catch (error) {
    // An option that it does not know.
    return refuse(`${(error as Error).message}\n\n${commandWords.help}`);
  }
  const { values, positionals } = given;
  const [command = 'help', ...rest] = positionals;
  if (values.help || command === 'help') {
    console.log(commandWords.help);
    return HOLDS;
  }
  if (command !== 'verify') return refuse(commandWords.unknownCommand(command));
  const [file] = rest;
  if (file === undefined || rest.length > 1) return refuse(commandWords.oneFile);

  // Loaded only now: snarkjs and viem take a second, and a wrong argument should not.
  const [{ verifyFile }, { jsonCheck, printedCheck }] = await Promise.all([import('./verify-file.ts'), import('./printed-check.ts')]);
  const checked = await verifyFile(file, values);
  if (!checked.ok) return refuse(commandWords.failure(checked.failure));
  console.log(values.json ? jsonCheck(checked.value) : printedCheck(file, checked.value));
  return checked.value.holds ? HOLDS : BROKEN;
}

function refuse(words: string): number {
  console.error(words);
  return UNUSABLE;
}

process.exitCode = await run(process.argv.slice(2));
// snarkjs keeps its threads alive.
process.exit();
