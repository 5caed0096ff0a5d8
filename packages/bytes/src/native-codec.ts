/**
 * What Node's streams of zlib, Brotli and Zstandard keep for themselves, and its own synchronous calls are made of. Node has no call
 * that decodes piece by piece and at once, which readers need: they have no time to wait in. The tests of `brotli.ts` fail when a version
 * of Node names these otherwise.
 */
export interface NativeCodec {
  readonly _handle: {
    onerror: (message: string, number: number, code: string) => void
    reset(): void
    close(): void
    writeSync(
      operation: number,
      input: Uint8Array,
      inputAt: number,
      inputLength: number,
      output: Uint8Array,
      outputAt: number,
      outputLength: number,
    ): void
  }
  /** Bytes of the output and of the input that the last call left. */
  readonly _writeState: Uint32Array
}
