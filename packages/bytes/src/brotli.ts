import { constants, createBrotliDecompress } from 'node:zlib'
import type { NativeCodec } from './native-codec.ts'
import { DecodeError } from './stream-end.ts'

/** Bytes that are handed on at once. */
const PIECE = 64 * 1024

/** Decodes Brotli (RFC 7932) piece by piece: no more is held than its window, 16 MiB at most. `close` it in any case. */
export class BrotliDecoder {
  readonly #inner = createBrotliDecompress() as unknown as NativeCodec
  readonly #piece = new Uint8Array(PIECE)
  #error: string | undefined

  constructor() {
    this.#inner._handle.onerror = (message) => {
      this.#error = message
    }
  }

  /** What is behind the end of the stream is passed over. @throws DecodeError `corrupt` */
  write(chunk: Uint8Array, emit: (piece: Uint8Array) => void): void {
    this.#run(constants.BROTLI_OPERATION_PROCESS, chunk, emit)
  }

  /** @throws DecodeError `corrupt` where the stream is not at its end */
  end(emit: (piece: Uint8Array) => void): void {
    this.#run(constants.BROTLI_OPERATION_FINISH, new Uint8Array(0), emit)
  }

  close(): void {
    this.#inner._handle.close()
  }

  #run(operation: number, chunk: Uint8Array, emit: (piece: Uint8Array) => void): void {
    const { _handle: handle, _writeState: state } = this.#inner
    for (let at = 0, room = 0; room === 0; ) {
      handle.writeSync(operation, chunk, at, chunk.length - at, this.#piece, 0, PIECE)
      if (this.#error !== undefined) throw new DecodeError('corrupt', `Brotli: ${this.#error}`)
      const [left = PIECE, unread = 0] = state
      room = left
      at = chunk.length - unread
      if (room < PIECE) emit(this.#piece.subarray(0, PIECE - room))
    }
  }
}
