/** The `prooftab` command: reads arguments, calls what they name, prints what came of it. Exit codes: 0 good, 1 broken, 2 unusable input. */
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
      threads: { type: 'string' },
      r1cs: { type: 'string' },
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
  switch (command) {
    case 'verify':
      return verify(rest, values);
    case 'setup':
      return setUp(rest);
    case 'groth16':
      return groth16(rest, values);
    default:
      return refuse(commandWords.unknownCommand(command));
  }
}

type Given = ReturnType<typeof read>['values'];

// What a command needs is loaded only then: snarkjs and viem take a second, and a wrong argument should not.

async function verify(args: readonly string[], given: Given): Promise<number> {
  const [file] = args;
  if (file === undefined || args.length > 1) return refuse(commandWords.oneFile);
  const [{ verifyFile }, { jsonCheck, printedCheck }] = await Promise.all([import('./verify-file.ts'), import('./printed-check.ts')]);
  const checked = await verifyFile(file, given);
  if (!checked.ok) return refuse(commandWords.failure(checked.failure));
  console.log(given.json ? jsonCheck(checked.value) : printedCheck(file, checked.value));
  return checked.value.holds ? HOLDS : BROKEN;
}

async function setUp(args: readonly string[]): Promise<number> {
  const [r1cs, zkey] = args;
  if (r1cs === undefined || args.length > 2) return refuse(commandWords.setupArguments);
  const { makeDevelopmentKey } = await import('./development-key-file.ts');
  const made = await makeDevelopmentKey(r1cs, zkey);
  if (!made.ok) return refuse(commandWords.setupFailure(made.failure));
  console.log(commandWords.madeKey(made.value));
  return HOLDS;
}

async function groth16(args: readonly string[], { threads, r1cs, json }: Given): Promise<number> {
  const [action, ...files] = args;
  if ((action !== 'prove' || files.length !== 4) && (action !== 'fullprove' || files.length !== 5)) return refuse(commandWords.groth16Arguments);
  const cap = Number(threads ?? 16);
  if (!Number.isInteger(cap) || cap < 1) return refuse(commandWords.threadsArgument);
  const { fullProveFiles, proveFiles } = await import('./groth16-files.ts');
  const proven = await (action === 'prove' ? proveFiles : fullProveFiles)(files, { threads: cap, ...(r1cs === undefined ? {} : { r1cs }) });
  if (!proven.ok) {
    console.error(proven.failure.words);
    return proven.failure.kind === 'broken' ? BROKEN : UNUSABLE;
  }
  const { metadata } = proven.value;
  console.log(json ? JSON.stringify(metadata) : commandWords.proven(files.at(-2) ?? '', metadata));
  if (metadata.forgeable) console.error(commandWords.forgeable);
  return HOLDS;
}

function refuse(words: string): number {
  console.error(words);
  return UNUSABLE;
}

process.exitCode = await run(process.argv.slice(2));
// snarkjs keeps its threads alive.
process.exit();
