/** Counts the bytes that this peer's protocols read and write, for the page to show. */

export class Traffic {
  #in = 0;
  #out = 0;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get bytesIn(): number {
    return this.#in;
  }

  get bytesOut(): number {
    return this.#out;
  }

  received(bytes: number): void {
    this.#in += bytes;
    this.#onChange();
  }

  sent(bytes: number): void {
    this.#out += bytes;
    this.#onChange();
  }
}
