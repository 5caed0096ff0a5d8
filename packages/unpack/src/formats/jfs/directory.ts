import { latin1, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { runOf } from './superblock.ts'
import type { Volume } from './volume.ts'

const LEAF = 2
const SLOT = 32
const PAGE = 4096
const MOST_LEVELS = 8
const MOST_PAGES = 100_000
/** Characters in the first slot of a name, with and without a number in the index; and in each further slot. */
const [FIRST_INDEXED, FIRST_PLAIN, FURTHER] = [11, 13, 15]
const MOST_NAME = 255

interface Name {
  /** Byte string. */
  readonly name: string
  readonly inode: number
}

/** The head of a page, and the slots of its entries in their order. */
interface Page {
  readonly view: Uint8Array
  readonly isLeaf: boolean
  readonly slots: Uint8Array
}

/** The root keeps the order of its entries in its head, other pages in slots of their own. */
function rootPage(view: Uint8Array): Page {
  const count = Math.min(8, view[17] as number)
  return { view, isLeaf: ((view[16] as number) & LEAF) !== 0, slots: view.subarray(24, 24 + count) }
}

function innerPage(view: Uint8Array): Page {
  const [count, table] = [view[17] as number, (view[21] as number) * SLOT]
  if (table + count > view.length) throw new FormatError('structure', 'a page of names that cannot be one')
  return { view, isLeaf: ((view[16] as number) & LEAF) !== 0, slots: view.subarray(table, table + count) }
}

/** All names of the directory whose root is `root`. @throws FormatError, BytesError */
export function* namesOf(volume: Volume, root: Uint8Array): Generator<Name> {
  const seen = new Set<number>()
  const pending: { readonly page: Page; readonly level: number }[] = [{ page: rootPage(root), level: 0 }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { page, level } = next
    if (level > MOST_LEVELS) throw new FormatError('structure', 'a directory that is too deep')
    for (const slot of page.isLeaf ? page.slots : page.slots.toReversed()) {
      const reader = new Reader(page.view, 'little', slot * SLOT)
      if (page.isLeaf) {
        const inode = reader.u32()
        yield { inode, name: nameAt(page.view, slot, volume.superblock.hasIndex) }
        continue
      }
      const { block } = runOf(reader)
      if (seen.has(block) || seen.size >= MOST_PAGES)
        throw new FormatError('loop', 'a page that was seen before')
      seen.add(block)
      pending.push({ page: innerPage(volume.blocks(block, PAGE)), level: level + 1 })
    }
  }
}

/** A name goes on from slot to slot. */
function nameAt(page: Uint8Array, slot: number, hasIndex: boolean): string {
  const head = new Reader(page, 'little', slot * SLOT + 4)
  let next = head.u8()
  const length = Math.min(MOST_NAME, head.u8())
  const parts = [head.take(2 * Math.min(length, hasIndex ? FIRST_INDEXED : FIRST_PLAIN))]
  for (let done = (parts[0] as Uint8Array).length / 2; done < length && next < 0x80; ) {
    const reader = new Reader(page, 'little', next * SLOT)
    next = reader.u8()
    reader.skip(1)
    const part = reader.take(2 * Math.min(FURTHER, length - done))
    parts.push(part)
    done += part.length / 2
  }
  return textOf(Buffer.concat(parts))
}

/** Linux keeps each byte of a name as a character, unless it is told which characters they are. */
function textOf(name: Buffer): string {
  const isBytes = name.every((byte, index) => index % 2 === 0 || byte === 0)
  return isBytes
    ? latin1(name.filter((_, index) => index % 2 === 0))
    : Buffer.from(name.toString('utf16le')).toString('latin1')
}
