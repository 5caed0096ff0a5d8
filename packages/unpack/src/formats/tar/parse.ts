import { type Bytes, BytesError, cString } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { isZero } from '../members.ts'
import { decimal, mergePax, NO_RECORDS, type PaxRecords, parsePax } from './extended.ts'
import { BLOCK, parseTarHeader, type TarHeader } from './header.ts'
import { gnuSparse, isPaxSparse, paxSparse, type Sparse } from './sparse.ts'

/** Longest name and longest extended header that are believed, in bytes. */
const MAX_NAME = 64 * 1024
const MAX_RECORDS = 1024 * 1024
/** GNU tar fills its last record up. */
const RECORD = 10_240

/** A member with all that headers before its own say about it. */
export interface TarMember {
  readonly header: TarHeader
  readonly records: PaxRecords
  /** Byte strings. */
  readonly name: string
  readonly linkName: string
  readonly contentAt: number
  /** Bytes that are stored. */
  readonly size: number
  readonly sparse: Sparse | undefined
}

/** How an archive ended; archives without the closing zeros are common. */
export interface TarEnd {
  readonly end: number
  readonly why: 'closed' | 'unclosed' | 'truncated' | 'structure'
}

/** All members of one archive; the last one's content may run over the end of the bytes. */
export function* walkTar(
  bytes: Bytes,
  start: number,
  problem: (code: 'structure' | 'unsupported', message: string, path?: string) => void,
): Generator<TarMember, TarEnd> {
  let global = NO_RECORDS
  let local = NO_RECORDS
  let longName: string | undefined
  let longLink: string | undefined
  for (let at = start; ; ) {
    if (at + BLOCK > bytes.size) return { end: bytes.size, why: at === bytes.size ? 'unclosed' : 'truncated' }
    const header = parseTarHeader(bytes.view(at, BLOCK))
    if (!header) {
      if (!isZero(bytes, at, at + BLOCK)) return { end: at, why: 'structure' }
      return { end: behindRecord(bytes, start, at), why: 'closed' }
    }
    const contentAt = at + BLOCK
    if ('xgXLK'.includes(header.type)) {
      at = contentAt + padded(header.size)
      if (contentAt + header.size > bytes.size) return { end: bytes.size, why: 'truncated' }
      try {
        if (header.type === 'L') longName = readName(bytes, contentAt, header.size)
        else if (header.type === 'K') longLink = readName(bytes, contentAt, header.size)
        else if (header.type === 'g') global = mergePax(global, readRecords(bytes, contentAt, header.size))
        else local = readRecords(bytes, contentAt, header.size)
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
        problem(error.code === 'unsupported' ? 'unsupported' : 'structure', error.message, header.name)
      }
      continue
    }
    const { member, next } = memberOf(bytes, at, header, mergePax(global, local), longName, longLink, problem)
    if (member) yield member
    // Also where only what fills up the last block is missing: nobody writes that.
    if (next > bytes.size) return { end: bytes.size, why: 'truncated' }
    at = next
    local = NO_RECORDS
    longName = undefined
    longLink = undefined
  }
}

function memberOf(
  bytes: Bytes,
  at: number,
  header: TarHeader,
  records: PaxRecords,
  longName: string | undefined,
  longLink: string | undefined,
  problem: (code: 'structure' | 'unsupported', message: string, path?: string) => void,
): { member: TarMember | undefined; next: number } {
  const name = records.values.get('GNU.sparse.name') || records.values.get('path') || longName || header.name
  const linkName = records.values.get('linkpath') || longLink || header.linkName
  let size = hasContent(header) ? header.size : 0
  let contentAt = at + BLOCK
  let sparse: Sparse | undefined
  try {
    const stated = records.values.get('size')
    if (stated && hasContent(header)) size = decimal(stated)
    if (header.type === 'S') {
      sparse = gnuSparse(bytes, at)
      contentAt = sparse.at
    } else if (isPaxSparse(records) && hasContent(header)) {
      sparse = paxSparse(bytes, contentAt, size, records)
    }
  } catch (error) {
    if (error instanceof BytesError) return { member: undefined, next: Number.POSITIVE_INFINITY }
    if (!(error instanceof FormatError)) throw error
    problem(error.code === 'unsupported' ? 'unsupported' : 'structure', error.message, name)
    return { member: undefined, next: contentAt + padded(size) }
  }
  return {
    member: { header, records, name, linkName, contentAt, size, sparse },
    next: contentAt + padded(size),
  }
}

/** Links, directories, devices and pipes have none, whatever their header says. */
function hasContent({ type }: TarHeader): boolean {
  return !'123456'.includes(type)
}

function readName(bytes: Bytes, at: number, size: number): string {
  if (size > MAX_NAME) throw new FormatError('unsupported', `a name of ${size} bytes`)
  return cString(bytes.view(at, size))
}

function readRecords(bytes: Bytes, at: number, size: number): PaxRecords {
  if (size > MAX_RECORDS) throw new FormatError('unsupported', `an extended header of ${size} bytes`)
  return parsePax(bytes.view(at, size))
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK
}

/** Behind the zeros that close the archive: to the end of its record where they go so far. */
function behindRecord(bytes: Bytes, start: number, zerosAt: number): number {
  const record = Math.min(start + Math.ceil((zerosAt + 2 * BLOCK - start) / RECORD) * RECORD, bytes.size)
  if (isZero(bytes, zerosAt, record)) return record
  const two = Math.min(zerosAt + 2 * BLOCK, bytes.size)
  return isZero(bytes, zerosAt, two) ? two : zerosAt + BLOCK
}
