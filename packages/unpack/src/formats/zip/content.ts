import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError, type StreamEnd, sliceBytes } from '@messlatte/bytes'
import type { EntryMeta } from '../../contract.ts'
import type { ZipLock } from './decrypt.ts'
import { asStored, METHODS } from './methods.ts'

/** A member as it is planned. */
export interface ZipContent {
  readonly meta: EntryMeta
  /** Undefined for directories. */
  readonly data?: Data
}

/** Where the data of a member lies, and how. */
export interface Data {
  readonly at: number
  readonly compressed: number
  readonly size: number
  readonly crc: number
  readonly method: number
  /** Of its header: some methods are told more by them. */
  readonly flags: number
  readonly locked?: Locked
}

/** With which of the passwords that were handed in a member is opened: passwords do not travel. */
interface Locked {
  readonly lock: ZipLock
  readonly password: number
}

/** Writes a content piece by piece; more than its header says ends it. */
export function unpackLong(
  bytes: Bytes,
  data: Data,
  write: (chunk: Uint8Array) => void,
  hasCrc = true,
): StreamEnd {
  const end = data.at + data.compressed
  let sum = 0
  let size = 0
  try {
    const unpack = METHODS.get(data.method) ?? asStored
    const add = (chunk: Uint8Array) => {
      sum = crc32(chunk, sum)
      size += chunk.length
      if (size > data.size) throw new DecodeError('output-full', `over ${data.size} bytes come out`)
      write(chunk)
    }
    unpack(sliceBytes(bytes, data.at, data.compressed), data.size, add, data.flags)
    if (size !== data.size)
      throw new DecodeError('truncated', `${size} bytes came out instead of ${data.size}`)
    if (!hasCrc) return { end, checksum: 'none' }
    if (sum === data.crc) return { end, checksum: 'matches' }
    return { end, checksum: 'differs', problem: { code: 'checksum', message: 'the CRC differs' } }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return { end, checksum: 'none', problem: { code: error.code, message: error.message } }
  }
}
