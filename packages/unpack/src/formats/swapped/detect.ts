import { type Bytes, BytesError, latin1 } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'
import { cramfs } from '../cramfs/index.ts'
import { elf } from '../elf/index.ts'
import { fdt } from '../fdt/index.ts'
import { jffs2 } from '../jffs2/index.ts'
import { romfs } from '../romfs/index.ts'
import { squashfs } from '../squashfs/index.ts'
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

/** By the word as it stands in the dump. */
const CANDIDATES = candidatesByWord()

function candidatesByWord(): ReadonlyMap<string, readonly Candidate[]> {
  const byWord = new Map<string, Candidate[]>()
  for (const [magics, recognise] of STRUCTURES) {
    for (const magic of magics) {
      for (const order of Object.keys(ORDERS) as readonly Order[]) {
        const word = Buffer.from(magic, 'latin1')
        // Each order is undone by itself.
        reorder(word, word, order)
        const known = byWord.get(word.toString('latin1'))
        if (known) known.push({ order, recognise })
        else byWord.set(word.toString('latin1'), [{ order, recognise }])
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

export interface SwappedDump {
  readonly order: Order
  readonly end: number
}

/**
 * A dump whose words are in another order: at a multiple of 4096 bytes stands what is a structure when they are put right.
 * It goes on to the end of the bytes where those are whole blocks of 64 KiB, else to the end of the last such structure.
 */
export function detectSwapped(bytes: Bytes, start: number): SwappedDump | undefined {
  let order: Order | undefined
  let end = start
  for (let at = start; at + WORD <= bytes.size && (order || at - start < SOUGHT); at += STEP) {
    if (at < end) continue
    for (const candidate of CANDIDATES.get(latin1(bytes.view(at, WORD))) ?? []) {
      if (order && candidate.order !== order) continue
      const length = lengthOf(candidate, bytes, at)
      if (length === undefined) continue
      order = candidate.order
      end = Math.min(at + Math.ceil(length / WORD) * WORD, bytes.size)
      if ((bytes.size - start) % BLOCK === 0) return { order, end: bytes.size }
      break
    }
  }
  return order && { order, end: end - ((end - start) % WORD) }
}

/** Of the structure in the words from `at` on; undefined where none holds. */
function lengthOf({ order, recognise }: Candidate, bytes: Bytes, at: number): number | undefined {
  try {
    return recognise(reordered(bytes, at, order), 0)?.end
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return undefined
    throw error
  }
}
