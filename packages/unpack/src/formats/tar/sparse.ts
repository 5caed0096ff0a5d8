import { type Bytes, latin1 } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { decimal, type PaxRecords } from './extended.ts'
import { BLOCK, number } from './header.ts'

/** A stretch of a sparse file that is stored; all else is zeros. */
export interface Stretch {
  /** Where it goes, and how long it is, in bytes. */
  readonly offset: number
  readonly length: number
}

export interface Sparse {
  readonly size: number
  readonly stretches: readonly Stretch[]
  /** Where the first stretch is stored; the others follow. */
  readonly at: number
}

const MAX_STRETCHES = 1_000_000
/** The map of version 1.0 stands before the content, in decimal lines. */
const MAX_MAP = 1024 * 1024

/** GNU tar's own sparse member: a map in the header at `at`, and in blocks behind it. @throws FormatError, BytesError */
export function gnuSparse(bytes: Bytes, at: number): Sparse {
  const header = bytes.view(at, BLOCK)
  const stretches = stretchesIn(header, 386, 4)
  const size = number(header, 483, 12) ?? Number.NaN
  let next = at + BLOCK
  for (let more = header[482] !== 0; more; next += BLOCK) {
    const block = bytes.view(next, BLOCK)
    stretches.push(...stretchesIn(block, 0, 21))
    more = block[504] !== 0
    if (stretches.length > MAX_STRETCHES)
      throw new FormatError('unsupported', `over ${MAX_STRETCHES} stretches`)
  }
  return checked({ size, stretches, at: next })
}

function stretchesIn(block: Uint8Array, start: number, count: number): Stretch[] {
  const found: Stretch[] = []
  for (let at = start; at < start + count * 24 && block[at] !== 0; at += 24) {
    found.push({
      offset: number(block, at, 12) ?? Number.NaN,
      length: number(block, at + 12, 12) ?? Number.NaN,
    })
  }
  return found
}

/** Whether extended headers make this a sparse member. */
export function isPaxSparse({ values, sparse }: PaxRecords): boolean {
  return sparse.length > 0 || values.has('GNU.sparse.map') || values.has('GNU.sparse.major')
}

/** A sparse member of the pax format, versions 0.0, 0.1 and 1.0, with content at `at`. @throws FormatError, BytesError */
export function paxSparse(bytes: Bytes, at: number, stored: number, records: PaxRecords): Sparse {
  const { values } = records
  const size = decimal(values.get('GNU.sparse.realsize') ?? values.get('GNU.sparse.size') ?? '')
  if (values.has('GNU.sparse.major')) {
    const { numbers, length } = mapBefore(bytes, at, stored)
    return checked({ size, stretches: inPairs(numbers), at: at + length })
  }
  const map = values.get('GNU.sparse.map')
  const numbers = map === undefined ? records.sparse : map.split(',').map(decimal)
  return checked({ size, stretches: inPairs(numbers), at })
}

function mapBefore(bytes: Bytes, at: number, stored: number): { numbers: readonly number[]; length: number } {
  const text = latin1(bytes.view(at, Math.min(stored, MAX_MAP, bytes.size - at)))
  let from = 0
  const next = (): number => {
    const end = text.indexOf('\n', from)
    if (end < 0) throw new FormatError('structure', 'the map of a sparse file does not end')
    const value = decimal(text.slice(from, end))
    from = end + 1
    return value
  }
  const count = next()
  if (count > MAX_MAP / 4) throw new FormatError('unsupported', `${count} stretches`)
  const numbers: number[] = []
  while (numbers.length < count * 2) numbers.push(next())
  return { numbers, length: Math.ceil(from / BLOCK) * BLOCK }
}

function inPairs(numbers: readonly number[]): Stretch[] {
  const stretches: Stretch[] = []
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    stretches.push({ offset: numbers[i] as number, length: numbers[i + 1] as number })
  }
  return stretches
}

/** Stretches have to lie one behind the other and within the file. @throws FormatError `structure` */
function checked(sparse: Sparse): Sparse {
  let end = 0
  for (const { offset, length } of sparse.stretches) {
    if (!(offset >= end)) throw new FormatError('structure', 'the stretches of a sparse file overlap')
    end = offset + length
  }
  if (!(end <= sparse.size)) throw new FormatError('structure', 'a stretch lies outside of its sparse file')
  return sparse
}

export function storedLength(sparse: Sparse): number {
  return sparse.stretches.reduce((sum, { length }) => sum + length, 0)
}
