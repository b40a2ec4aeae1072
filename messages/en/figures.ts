/** Numbers as English text: unit after a space, except %. */

/** Base units of the reward token in one credit: 18 decimals. */
const DECIMALS = 18;

const counted = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/**
 * @example
 * bytesText(412_000) // '412 KB'
 * @example
 * bytesText(38_400_000) // '38.4 MB'
 */
export function bytesText(bytes: number): string {
  if (bytes < 1_000) return `${counted.format(bytes)} B`;
  if (bytes < 1_000_000) return `${bytes < 10_000 ? (bytes / 1_000).toFixed(1) : counted.format(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 100_000_000 ? 1 : 0)} MB`;
}

/**
 * @example
 * secondsText(0.84) // '0.8 s'
 * @example
 * secondsText(0.02) // '< 0.1 s'
 * @example
 * secondsText(500) // '8 min 20 s'
 */
export function secondsText(seconds: number): string {
  if (seconds < 0.05) return '< 0.1 s';
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Token base units as credits, exact: no digit is rounded away.
 * @example
 * creditsText(40_000_000_000_000_000n) // '0.04'
 */
export function creditsText(baseUnits: bigint): string {
  const unit = 10n ** BigInt(DECIMALS);
  const fraction = (baseUnits % unit).toString().padStart(DECIMALS, '0').replace(/0+$/, '');
  return fraction ? `${baseUnits / unit}.${fraction}` : String(baseUnits / unit);
}

/**
 * @example
 * creditsCount(10n ** 18n) // '1 credit'
 */
export function creditsCount(baseUnits: bigint): string {
  const text = creditsText(baseUnits);
  return `${text} ${text === '1' ? 'credit' : 'credits'}`;
}

/**
 * @example
 * percentText(0.614) // '61%'
 */
export function percentText(part: number): string {
  return `${Math.floor(part * 100)}%`;
}

export function countText(value: number): string {
  return counted.format(value);
}

/**
 * @example
 * plural(2, 'unit', 'units') // '2 units'
 */
export function plural(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** The time of day, in the reader's zone, of seconds since 1970. */
export function clockText(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

export function dateText(seconds: number): string {
  return new Date(seconds * 1000).toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/**
 * An id in groups of four, the way receipts show it.
 * @example
 * shortId('0xb81d44f09a27aa') // 'b81d·44f0·9a27'
 */
export function shortId(id: string): string {
  return [2, 6, 10].map((start) => id.slice(start, start + 4)).join('·');
}

/**
 * @example
 * shortAddress('0x71b0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaae42c') // '0x71b0…e42c'
 */
export function shortAddress(address: string): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}

/** A peer's name for people: the end of its id, which differs where the beginning does not. */
export function peerName(peer: string): string {
  return peer.length > 12 ? `…${peer.slice(-6)}` : peer;
}

const things: Readonly<Record<string, string>> = {
  model: 'model',
  'proving-key': 'proving key',
  shard: 'sealed shard',
  'shard-list': 'list of sealed shards',
  'shard-key': 'shard key',
};

/**
 * What arrived or is missing, as people call it.
 * @example
 * thing('shard-list') // 'list of sealed shards'
 */
export function thing(what: string): string {
  return things[what] ?? what;
}
