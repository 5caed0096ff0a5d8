import { crc32 } from 'node:zlib'
import { type Bytes, latin1, Reader, sliceBytes } from '@messlatte/bytes'
import { cbcBytes } from '../cbc.ts'
import { varint } from '../protobuf.ts'
import { encryptionOf, type Rar5Key, type Rar5Keys } from './keys.ts'

export const MAGIC = 'Rar!\x1a\x07\x01\0'
const MOST_BLOCKS = 1_000_000
/** The archiver's own bound of a header, in bytes. */
const MOST_HEADER = 2 * 1024 * 1024
const MOST_SIZE_BYTES = 3
/** Behind the end of a volume, in bytes. */
const MOST_FILLING = 4096
/** Bytes. */
const AES_BLOCK = 16

export const BLOCK = { main: 1, file: 2, service: 3, encryption: 4, end: 5 } as const
const FLAG = { extra: 0x01, data: 0x02, before: 0x08, after: 0x10 } as const

/** What all headers begin with (RAR 5.0 archive format, "General archive block format"). */
export interface Rar5Block {
  readonly type: number
  /** Whether its data began in the volume before, and whether they go on in the next. */
  readonly continued: boolean
  readonly continues: boolean
  /** At what is particular to its type. */
  readonly fields: Reader
  readonly extra: Uint8Array
  /** Of its data. */
  readonly at: number
  /** Bytes of its data. */
  readonly size: number
  /** Behind its data. */
  readonly end: number
}

/** The header at `at`; undefined where its CRC does not hold. @throws FormatError | BytesError where the CRC holds and it is none */
export function blockAt(bytes: Bytes, at: number): Rar5Block | undefined {
  if (at + 4 + MOST_SIZE_BYTES > bytes.size) return undefined
  const introduction = new Reader(bytes.view(at, 4 + MOST_SIZE_BYTES), 'little')
  const crc = introduction.u32()
  if (introduction.bytes.subarray(4).every((byte) => byte >= 0x80)) return undefined
  const size = varint(introduction)
  const start = at + introduction.at
  if (size === 0 || size > MOST_HEADER || start + size > bytes.size) return undefined
  const covered = bytes.view(at + 4, introduction.at - 4 + size)
  if (crc32(covered) !== crc) return undefined
  const fields = new Reader(covered.subarray(introduction.at - 4), 'little')
  const [type, flags] = [varint(fields), varint(fields)]
  const extra = (flags & FLAG.extra) !== 0 ? varint(fields) : 0
  const data = (flags & FLAG.data) !== 0 ? varint(fields) : 0
  if (extra > fields.left || start + size + data > Number.MAX_SAFE_INTEGER) return undefined
  return {
    type,
    continued: (flags & FLAG.before) !== 0,
    continues: (flags & FLAG.after) !== 0,
    fields,
    extra: fields.bytes.subarray(size - extra),
    at: start + size,
    size: data,
    end: start + size + data,
  }
}

/** The vector of a header stands before it; behind it is filled up to whole blocks of AES, and the data come then. */
function encryptedBlockAt(bytes: Bytes, at: number, { key }: Rar5Key): Rar5Block | undefined {
  const start = at + AES_BLOCK
  if (start + AES_BLOCK > bytes.size) return undefined
  const vector = Buffer.from(bytes.view(at, AES_BLOCK)).toString('hex')
  const rest = sliceBytes(bytes, start, bytes.size - start)
  const block = blockAt(cbcBytes(rest, { algorithm: 'aes-256-cbc', key, vector }, rest.size), 0)
  if (!block) return undefined
  const dataAt = start + Math.ceil(block.at / AES_BLOCK) * AES_BLOCK
  return { ...block, at: dataAt, end: dataAt + block.size }
}

/** Of an archive whose headers are encrypted; undefined where no password fits. */
function headerKeyOf({ fields }: Rar5Block, keys: Rar5Keys | undefined): Rar5Key | undefined {
  const found = keys && encryptionOf(fields, false)
  return found && keys.keyFor(found.encryption)
}

export function isRar5(bytes: Bytes, at: number): boolean {
  return at + MAGIC.length <= bytes.size && latin1(bytes.view(at, MAGIC.length)) === MAGIC
}

/**
 * From the main header, or that of an encryption, on to the mark of the end. Volumes that follow each other are
 * gone through one after the other. Encrypted headers are read with the passwords that were handed in.
 */
export function* blocksOf(bytes: Bytes, start: number, keys?: Rar5Keys): Generator<Rar5Block> {
  let at = start + MAGIC.length
  let isFirst = true
  let headerKey: Rar5Key | undefined
  for (let count = 0; count < MOST_BLOCKS; count++) {
    const block = headerKey ? encryptedBlockAt(bytes, at, headerKey) : blockAt(bytes, at)
    if (!block || isFirst !== (block.type === BLOCK.main || block.type === BLOCK.encryption)) return
    if (block.type === BLOCK.encryption) {
      headerKey = headerKey ? undefined : headerKeyOf(block, keys)
      if (!headerKey) {
        yield block
        return
      }
      at = block.end
      continue
    }
    yield block
    at = block.end
    isFirst = block.type === BLOCK.end
    if (!isFirst) continue
    const next = goesOn(block) ? nextVolume(bytes, at) : undefined
    if (next === undefined) return
    at = next + MAGIC.length
    headerKey = undefined
  }
}

/** Volumes are filled up with zeros to the size that was asked for. */
function nextVolume(bytes: Bytes, at: number): number | undefined {
  const filling = bytes.view(at, Math.min(MOST_FILLING, bytes.size - at)).findIndex((byte) => byte !== 0)
  return filling >= 0 && isRar5(bytes, at + filling) ? at + filling : undefined
}

/** Whether the end of a volume says that another one follows. */
export function goesOn({ fields }: Rar5Block): boolean {
  return fields.left > 0 && (varint(new Reader(fields.bytes, 'little', fields.at)) & 1) !== 0
}
