import { createHash, type Hash } from 'node:crypto'
import { cString } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { NO_RECORDS, type PaxRecords, parsePax } from '../tar/extended.ts'
import { BLOCK, parseTarHeader } from '../tar/header.ts'

/** Longest extended header that is kept, in bytes. */
const MOST_KEPT = 64 * 1024

/** What follows of the content that is passing by. */
interface Passing {
  /** Bytes of content, then bytes of padding. */
  left: number
  padding: number
  readonly take: (part: Uint8Array) => void
  readonly done: () => void
}

/** SHA-256 of the files of a tar archive that comes in pieces: what is compressed is never held as a whole. */
export class TarDigests {
  /** Byte strings to hex. */
  readonly digests = new Map<string, string>()
  readonly #header = Buffer.alloc(BLOCK)
  #filled = 0
  #passing: Passing | undefined
  #ended = false
  #longName: string | undefined
  #records: PaxRecords = NO_RECORDS

  /** @throws FormatError `structure` for what is no tar archive */
  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.#ended; )
      at += this.#passing ? this.#pass(this.#passing, chunk.subarray(at)) : this.#fill(chunk.subarray(at))
  }

  #pass(passing: Passing, part: Uint8Array): number {
    const content = Math.min(passing.left, part.length)
    if (content > 0) passing.take(part.subarray(0, content))
    passing.left -= content
    const padding = Math.min(passing.padding, part.length - content)
    passing.padding -= padding
    if (passing.left === 0 && passing.padding === 0) {
      this.#passing = undefined
      passing.done()
    }
    return content + padding
  }

  #fill(part: Uint8Array): number {
    const taken = Math.min(BLOCK - this.#filled, part.length)
    this.#header.set(part.subarray(0, taken), this.#filled)
    this.#filled += taken
    if (this.#filled === BLOCK) {
      this.#filled = 0
      this.#begin()
    }
    return taken
  }

  #begin(): void {
    const header = parseTarHeader(this.#header)
    if (!header) {
      if (this.#header.some((byte) => byte !== 0)) throw new FormatError('structure', 'no tar header')
      this.#ended = true
      return
    }
    const isExtended = 'xLgXK'.includes(header.type)
    const size = '123456'.includes(header.type) ? 0 : Number(this.#records.values.get('size') ?? header.size)
    const passing = isExtended
      ? this.#extended(header.type, header.size)
      : this.#file(this.#records.values.get('path') ?? this.#longName ?? header.name, size, header.type)
    if (!isExtended) {
      this.#records = NO_RECORDS
      this.#longName = undefined
    }
    if (passing.left === 0) passing.done()
    else this.#passing = passing
  }

  #file(name: string, size: number, type: string): Passing {
    const isFile = type === '0' || type === '\0' || type === '7'
    const hash: Hash | undefined = isFile ? createHash('sha256') : undefined
    return {
      left: size,
      padding: paddingOf(size),
      take: (part) => hash?.update(part),
      done: () => {
        if (hash) this.digests.set(name, hash.digest('hex'))
      },
    }
  }

  #extended(type: string, size: number): Passing {
    const pieces: Uint8Array[] = []
    if (size > MOST_KEPT) throw new FormatError('unsupported', `an extended header of ${size} bytes`)
    return {
      left: size,
      padding: paddingOf(size),
      // What passes by is valid during the call only.
      take: (part) => pieces.push(Uint8Array.from(part)),
      done: () => {
        if (type === 'x') this.#records = parsePax(Buffer.concat(pieces))
        if (type === 'L') this.#longName = cString(Buffer.concat(pieces))
      },
    }
  }
}

function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}
