import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'
import { quietly } from '../telling.ts'

/** By these bytes a block is found; its own mark follows. */
const LOCATOR = '\x37\x6b\x53\x74\xa0\x31\x83\xd3\x8c\xb2\x28\xb0\xd3'
const MARK = 'zPQ'
const [SEGMENT, SUMMED, UNSUMMED, BLOCK_END] = [1, 253, 254, 255] as const
const SHA1 = 20
/** Where components begin to be counted, in the program that a block begins with. */
const COMPONENTS = 4
const MOST_NAME = 4096
const MOST_PARTS = 1_000_000
const WINDOW = 256 * 1024
/** No four zeros stand within coded data: they end it. */
const CODED_END = Buffer.alloc(4)

export const zpaq: LeafFormat = {
  kind: 'leaf',
  name: 'zpaq',
  title: 'ZPAQ archive (levels 1 and 2)',
  references: [
    'Matt Mahoney, The ZPAQ Open Standard Format for Highly Compressed Data, level 2 (2016), section 5',
  ],
  limits: [
    'its contents are not unpacked: each block brings a program of its own that unpacks it',
    'found at the start of a file or member only',
    'blocks without the 13 bytes by which they are found are not recognised',
  ],
  recognisedOnly: 'each block brings a program of its own that unpacks it',
  magic: [{ bytes: LOCATOR, at: 0 }],
  // A block that leads nowhere could cost a pass over all that follows: it is tried once.
  carve: false,

  recognise(bytes, at) {
    let end: number | undefined
    for (let count = 0; count < MOST_PARTS; count++) {
      const start: number = end ?? at
      const next = quietly(() => blockEnd(bytes, start))
      if (next === undefined) break
      end = next
    }
    return end === undefined ? undefined : { start: at, end }
  },

  examine(_bytes, _region, problem) {
    problem('unsupported', 'ZPAQ: its contents are not unpacked')
  },
}

/** Offset behind the block at `at`; undefined for what is none. @throws BytesError where it is cut off */
function blockEnd(bytes: Bytes, at: number): number | undefined {
  const reader = new Reader(bytes.view(at, LOCATOR.length + MARK.length + 4), 'little')
  if (reader.latin1(LOCATOR.length) !== LOCATOR || reader.latin1(MARK.length) !== MARK) return undefined
  const [level, kind, size] = [reader.u8(), reader.u8(), reader.u16()]
  if (level < 1 || level > 2 || kind !== 1 || size <= COMPONENTS) return undefined
  const program = at + reader.at
  const isCoded = bytes.view(program + COMPONENTS, 1)[0] !== 0
  let next = program + size
  for (let count = 0; count < MOST_PARTS; count++) {
    const mark = bytes.view(next, 1)[0]
    if (mark === BLOCK_END) return next + 1
    if (mark !== SEGMENT) return undefined
    const data = textEnd(bytes, textEnd(bytes, next + 1)) + 1
    const end = isCoded ? codedEnd(bytes, data) : storedEnd(bytes, data)
    const sum = bytes.view(end, 1)[0]
    if (sum !== SUMMED && sum !== UNSUMMED) return undefined
    next = end + 1 + (sum === SUMMED ? SHA1 : 0)
  }
  return undefined
}

/** Behind the zero that ends a name or a comment. */
function textEnd(bytes: Bytes, at: number): number {
  const length = latin1(bytes.view(at, Math.min(MOST_NAME, bytes.size - at))).indexOf('\0')
  return length < 0 ? bytes.size : at + length + 1
}

/** Pieces with their length before them (big endian); one without any bytes ends them. */
function storedEnd(bytes: Bytes, start: number): number {
  let at = start
  for (;;) {
    const length = new Reader(bytes.view(at, 4), 'big').u32()
    at += 4 + length
    if (length === 0) return at
  }
}

function codedEnd(bytes: Bytes, start: number): number {
  for (let at = start; at < bytes.size; at += WINDOW) {
    const length = Math.min(WINDOW + CODED_END.length - 1, bytes.size - at)
    const found = Buffer.from(bytes.view(at, length)).indexOf(CODED_END)
    if (found >= 0) return at + found + CODED_END.length
  }
  return bytes.size
}
