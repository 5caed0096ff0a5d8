import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { cramfs } from '../cramfs/index.ts'
import { elf } from '../elf/index.ts'
import { fdt } from '../fdt/index.ts'
import { jffs2 } from '../jffs2/index.ts'
import { romfs } from '../romfs/index.ts'
import { squashfs } from '../squashfs/index.ts'
import { quietly } from '../telling.ts'
import { ubi } from '../ubi/index.ts'
import { parseUimageHeader } from '../uimage/parse.ts'
import { ORDERS, type Order, reorder, reordered, WORD } from './order.ts'

type Recognise = (bytes: Bytes, at: number) => Region | undefined

/** What makes a dump certain: structures that lead to their own end, most of them with checksums, and their first four bytes. */
const STRUCTURES: readonly (readonly [readonly string[], Recognise])[] = [
  [['\x27\x05\x19\x56'], uimageAt],
  [['hsqs', 'sqsh'], squashfs.recognise],
  [['\x45\x3d\xcd\x28', '\x28\xcd\x3d\x45'], cramfs.recognise],
  [
    [
      '\x85\x19\x01\xe0',
      '\x85\x19\x02\xe0',
      '\x85\x19\x03\x20',
      '\x19\x85\xe0\x01',
      '\x19\x85\xe0\x02',
      '\x19\x85\x20\x03',
    ],
    jffs2.recognise,
  ],
  [['UBI#'], ubi.recognise],
  [['-rom'], romfs.recognise],
  [['\xd0\x0d\xfe\xed'], fdt.recognise],
  [['\x7fELF'], elf.recognise],
]

interface Candidate {
  readonly order: Order
  readonly recognise: Recognise
}

/** By the word as it stands in the dump, read in little endian. */
const CANDIDATES = candidatesByWord()

function candidatesByWord(): ReadonlyMap<number, readonly Candidate[]> {
  const byWord = new Map<number, Candidate[]>()
  for (const [magics, recognise] of STRUCTURES) {
    for (const magic of magics) {
      for (const order of Object.keys(ORDERS) as readonly Order[]) {
        const bytes = Buffer.from(magic, 'latin1')
        // Each order is undone by itself.
        reorder(bytes, bytes, order)
        const word = bytes.readUInt32LE()
        const known = byWord.get(word)
        if (known) known.push({ order, recognise })
        else byWord.set(word, [{ order, recognise }])
      }
    }
  }
  return byWord
}

/** Without a checksum that matches, four bytes and some numbers would do. */
function uimageAt(bytes: Bytes, at: number): Region | undefined {
  const header = parseUimageHeader(bytes, at)
  return header?.headerCrcMatches ? { start: at, end: header.dataAt + header.size } : undefined
}

/** Structures in flash begin with a block that can be erased, or at least with a page. */
const STEP = 4096
/** Bytes in which the first of them has to begin. */
const SOUGHT = 16 * 1024 * 1024
/** A dump of a whole chip has whole blocks. */
const BLOCK = 64 * 1024
const WINDOW = 8 * BLOCK

export interface SwappedDump {
  readonly order: Order
  readonly end: number
}

/**
 * A dump whose words are in another order: at a multiple of 4096 bytes stands what is a structure when they are put right.
 * It goes on to the end of the bytes where those are whole blocks of 64 KiB, else to the end of the last such structure.
 * What begins with such a structure as it is has its words in the right order.
 */
export function detectSwapped(bytes: Bytes, start: number): SwappedDump | undefined {
  if (isInOrder(bytes, start)) return undefined
  let order: Order | undefined
  let end = start
  const isWhole = (bytes.size - start) % BLOCK === 0
  forEachWindow(bytes, start, bytes.size - WORD + 1, WINDOW, WORD - 1, (window, windowAt) => {
    for (let offset = 0; offset < WINDOW && offset + WORD <= window.length; offset += STEP) {
      const at = windowAt + offset
      if (at < end) continue
      if (!order && at - start >= SOUGHT) return false
      const found = structureAt(bytes, at, window.readUInt32LE(offset), order)
      if (!found) continue
      order = found.order
      end = found.end
      if (isWhole) return false
    }
    return true
  })
  if (!order) return undefined
  return { order, end: isWhole ? bytes.size : end - ((end - start) % WORD) }
}

function isInOrder(bytes: Bytes, start: number): boolean {
  if (start + WORD > bytes.size) return false
  const head = Buffer.from(bytes.view(start, WORD)).toString('latin1')
  return STRUCTURES.some(
    ([magics, recognise]) => magics.includes(head) && quietly(() => recognise(bytes, start)) !== undefined,
  )
}

function structureAt(
  bytes: Bytes,
  at: number,
  word: number,
  wanted: Order | undefined,
): SwappedDump | undefined {
  for (const { order, recognise } of CANDIDATES.get(word) ?? []) {
    if (wanted && order !== wanted) continue
    const length = quietly(() => recognise(reordered(bytes, at, order), 0))?.end
    if (length !== undefined)
      return { order, end: Math.min(at + Math.ceil(length / WORD) * WORD, bytes.size) }
  }
  return undefined
}
