/** A mutant: one check taken out of one file, and how to tell whether any test notices. */

export interface Mutant {
  readonly group: 'contracts' | 'circuits' | 'edges';
  /** Relative to the repository. */
  readonly file: string;
  /** The check that goes, as it stands in the source, on one line: a name that survives edits around it. */
  readonly check: string;
  /** 1-based, for whoever reads the report. */
  readonly line: number;
  /** The file's whole text without the check; null where the check goes by `env` instead. */
  readonly text: string | null;
  readonly env?: Readonly<Record<string, string>>;
}

/** Two equal checks in one file are told apart by their order. */
export function mutantName({ file, check }: Mutant): string {
  return `${file}: ${check}`;
}

/**
 * Source text on one line, shortened: a name, not a program.
 * @example
 * oneLine('if (a)\n    return b;') // 'if (a) return b;'
 */
export function oneLine(source: string): string {
  const text = source.replace(/\s+/g, ' ').trim();
  return text.length > 140 ? `${text.slice(0, 139)}…` : text;
}

/** Numbers equal names, so that each mutant of a file has its own: `… (2)`. */
export function numbered(mutants: readonly Mutant[]): readonly Mutant[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const count = (seen.get(mutantName(mutant)) ?? 0) + 1;
    seen.set(mutantName(mutant), count);
    return count === 1 ? mutant : { ...mutant, check: `${mutant.check} (${count})` };
  });
}

/** The text with one span taken out, and something in its place. */
export function without(text: string, start: number, end: number, instead: string): string {
  return text.slice(0, start) + instead + text.slice(end);
}
