/** The sizes that a model may have. A file can name any number, so it is measured before memory or time is spent on it. */
import { refuse } from './model-failure.ts';

/** More than any operator here reads, and few enough to print. */
const MAX_DIMENSIONS = 8;
/** Values along one dimension: a row may be this wide, and a layer may give this many. */
const MAX_SIZE = 2 ** 16;

/**
 * Refuses a shape of too many dimensions, or with one that is empty or too large. A dimension left open has a name and no size.
 * @param what whose shape it is, for the message
 */
export function requireShape(what: string, dims: readonly (number | string)[]): void {
  if (dims.length > MAX_DIMENSIONS) refuse(`${what} has ${dims.length} dimensions; at most ${MAX_DIMENSIONS} are supported`);
  for (const dim of dims)
    if (typeof dim === 'number' && (dim < 1 || dim > MAX_SIZE)) refuse(`${what} has a dimension of ${dim}; 1 to ${MAX_SIZE} is supported`);
}
