import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { Contents } from './content.ts'
import { type Inode, readInode } from './inode.ts'
import { PLAIN_PREFIXES, SHARED_IN_BOX } from './superblock.ts'
import type { Area, Volume } from './volume.ts'

const HEADER = 12
const ENTRY = 4
const LONG_PREFIX = 0x80
const PREFIXES: readonly string[] = [
  '',
  'user.',
  'system.posix_acl_access',
  'system.posix_acl_default',
  'trusted.',
  'lustre.',
  'security.',
]
/** What all long prefixes together may take, in bytes. */
const MOST_PREFIXES = 128 * 260
/** Bytes of the attributes of all inodes, however small the file system: many share them, and inodes may lie within each other. */
const LEAST_TOGETHER = 64 * 1024 * 1024

/** Reads the attributes of inodes: their own ones, and those that many share. */
export class Attributes {
  readonly #volume: Volume
  readonly #contents: Contents
  #prefixes: readonly string[] | undefined
  #left: number

  constructor(volume: Volume, contents: Contents) {
    this.#volume = volume
    this.#contents = contents
    this.#left = 16 * volume.size + LEAST_TOGETHER
  }

  /** By their full names, in hexadecimal. @throws FormatError, DecodeError, BytesError */
  of({ number, attributesAt, attributesSize }: Inode): Readonly<Record<string, string>> | undefined {
    if (attributesSize === 0) return undefined
    const found: Record<string, string> = {}
    this.#take(attributesSize)
    const area = this.#volume.areaOf(number).view(attributesAt, attributesSize)
    const shared = area[4] as number
    if (HEADER + 4 * shared > area.length)
      throw new FormatError('structure', 'more shared attributes than fit')
    const ids = new Reader(area, 'little', HEADER)
    const { sharedAttributesAt, compat } = this.#volume.superblock
    const sharedArea: Area = shared > 0 && (compat & SHARED_IN_BOX) !== 0 ? this.#volume.box : this.#volume
    for (let i = 0; i < shared; i++) {
      const at = sharedAttributesAt + 4 * ids.u32()
      const [nameLength, , low, high] = sharedArea.view(at, ENTRY) as unknown as readonly number[]
      const length = ENTRY + (nameLength as number) + (low as number) + (high as number) * 256
      this.#take(length)
      this.#read(sharedArea.reader(at, length), found)
    }
    while (ids.left >= ENTRY) {
      this.#read(ids, found)
      ids.at = Math.min(area.length, Math.ceil(ids.at / 4) * 4)
    }
    return Object.keys(found).length > 0 ? found : undefined
  }

  /** @throws FormatError */
  #take(bytes: number): void {
    this.#left -= bytes
    if (this.#left < 0)
      throw new FormatError('structure', 'attributes that are too long together; they are left out')
  }

  #read(reader: Reader, found: Record<string, string>): void {
    const [nameLength, index] = reader.take(2) as unknown as readonly [number, number]
    const size = reader.u16()
    const name = this.#prefix(index) + reader.latin1(nameLength)
    // Behind the last attribute nothing is left but zeros.
    if (index === 0 && nameLength === 0) return
    found[name] = Buffer.from(reader.take(size)).toString('hex')
  }

  #prefix(index: number): string {
    if ((index & LONG_PREFIX) === 0) return PREFIXES[index] ?? `${index}.`
    this.#prefixes ??= this.#longPrefixes()
    return this.#prefixes[index & ~LONG_PREFIX] ?? `${index}.`
  }

  /** Each is as many bytes as its first two say: the number of a short one, and what follows that. */
  #longPrefixes(): readonly string[] {
    const { prefixes } = this.#volume.superblock
    const reader = new Reader(this.#prefixArea(), 'little')
    return Array.from({ length: prefixes.count }, () => {
      const length = reader.u16()
      const base = reader.take(1)[0] as number
      const text = (PREFIXES[base] ?? '') + reader.latin1(Math.max(0, length - 1))
      reader.at = Math.ceil(reader.at / 4) * 4
      return text
    })
  }

  /** What the prefixes stand in, from the first of them on. */
  #prefixArea(): Uint8Array {
    const { prefixes, packed, box, compat } = this.#volume.superblock
    const isPlain = (compat & PLAIN_PREFIXES) !== 0
    const most = (there: number) => Math.max(0, Math.min(MOST_PREFIXES, there - prefixes.at))
    if (!isPlain && box === 0 && packed !== 0) {
      const content = new Uint8Array(most(readInode(this.#volume, packed).size))
      this.#contents.fragment(prefixes.at, content)
      return content
    }
    const area: Area = isPlain || box === 0 ? this.#volume : this.#volume.box
    return area.view(prefixes.at, most(area.size))
  }
}
