import { type Bytes, DecodeError } from '@messlatte/bytes'

const ALPHABET = '!"#$%&\'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr'
const [OTHER, SPACE, COLON] = [0xff, 0xfe, 0xfd] as const
const RUN = 0x90
const WINDOW = 64 * 1024

/** What each byte of the text stands for: six bits, nothing, or the end. */
const VALUES = new Uint8Array(256).fill(OTHER)
for (const [value, letter] of Array.from(ALPHABET).entries()) VALUES[letter.charCodeAt(0)] = value
for (const space of '\r\n\t ') VALUES[space.charCodeAt(0)] = SPACE
VALUES[':'.charCodeAt(0)] = COLON

/** Where the colon stands that ends the text at `at`, or the first byte that cannot stand in it. */
export function textEnd(bytes: Bytes, start: number): { readonly at: number; readonly isWhole: boolean } {
  for (let at = start; at < bytes.size; at += WINDOW) {
    const window = bytes.view(at, Math.min(WINDOW, bytes.size - at))
    const found = window.findIndex((byte) => (VALUES[byte] as number) >= COLON && VALUES[byte] !== SPACE)
    if (found >= 0) return { at: at + found, isWhole: VALUES[window[found] as number] === COLON }
  }
  return { at: bytes.size, isWhole: false }
}

/**
 * What a text of BinHex 4 between its colons stands for: six bits a letter, then runs.
 * @throws DecodeError, after what came before the damage has been written
 */
export function binhexDecode(
  bytes: Bytes,
  start: number,
  end: number,
  write: (chunk: Uint8Array) => void,
): void {
  const runs = new Runs(write)
  let [held, count] = [0, 0]
  for (let at = start; at < end; at += WINDOW) {
    for (const letter of bytes.view(at, Math.min(WINDOW, end - at))) {
      const value = VALUES[letter] as number
      if (value === SPACE) continue
      held = ((held << 6) | value) & 0xffff
      count += 6
      if (count < 8) continue
      count -= 8
      runs.take((held >>> count) & 0xff)
    }
  }
  runs.flush()
}

/** A byte of 0x90 and a count stand for more of the byte before it; with a count of zero, it is itself. */
class Runs {
  readonly #write: (chunk: Uint8Array) => void
  readonly #out = new Uint8Array(WINDOW)
  #filled = 0
  #last = 0
  #isCount = false

  constructor(write: (chunk: Uint8Array) => void) {
    this.#write = write
  }

  take(byte: number): void {
    if (this.#isCount) this.#repeat(byte)
    else if (byte === RUN) this.#isCount = true
    else this.#put(byte)
  }

  flush(): void {
    if (this.#filled > 0) this.#write(this.#out.subarray(0, this.#filled))
    this.#filled = 0
  }

  #repeat(count: number): void {
    this.#isCount = false
    if (count === 0) this.#put(RUN)
    else if (count === 1) {
      this.flush()
      throw new DecodeError('corrupt', 'BinHex: a run of one byte')
    } else for (let more = 1; more < count; more++) this.#put(this.#last)
  }

  #put(byte: number): void {
    this.#last = byte
    this.#out[this.#filled++] = byte
    if (this.#filled === WINDOW) this.flush()
  }
}
