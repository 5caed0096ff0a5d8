import { type Bytes, DecodeError, latin1, Reader, type StreamEnd } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { crcCcitt } from '../crc-ccitt.ts'
import { type ForkMember, forkMembers, macName } from '../stuffit-forks.ts'
import { binhexDecode, textEnd } from './decode.ts'

const MAGIC = '(This file must be converted'
/** Between the magic and the text. */
const MOST_BETWEEN = 200
const BEGINNING = /^[^\r\n]*[\r\n][\r\n\t ]*:/
const ENDING = /^:[\r\n]*/
const MOST_NAME = 63
/** Bytes of the header behind its name, with its CRC. */
const HEADER = 21
const SUM = 2
/** Letters in which the longest header lies, with its line ends. */
const HEADER_TEXT = 400

interface BinhexFork {
  /** Offset within all that the text stands for, and bytes. */
  readonly content: { readonly at: number; readonly size: number }
}

interface BinhexFile {
  readonly name: string
  readonly data: BinhexFork
  readonly resource: BinhexFork
  /** Of the text, in the source. */
  readonly textAt: number
  readonly textEnd: number
  readonly isWhole: boolean
}

/** Thrown through the decoder to end it. */
const ENOUGH = Symbol('all of it came out')

export const binhex: ContainerFormat<readonly ForkMember<BinhexFork>[]> = {
  kind: 'container',
  name: 'binhex',
  title: 'BinHex 4 (file of a Macintosh as text, .hqx)',
  references: ['RFC 1741', 'XADMaster 1.10, XADBinHexParser.m'],
  limits: [
    'BinHex 1 to 3 and 5 are not recognised',
    'what is no letter of the text ends it',
    'a resource fork is shown as a file of its own, with .rsrc behind its name',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const file = parseFile(bytes, at)
    if (!file) return undefined
    if (!file.isWhole) return { start: at, end: file.textEnd }
    const behind = latin1(bytes.view(file.textEnd, Math.min(MOST_BETWEEN, bytes.size - file.textEnd)))
    return { start: at, end: file.textEnd + (ENDING.exec(behind)?.[0].length ?? 0) }
  },

  *open(bytes, { start }, problem) {
    const file = parseFile(bytes, start)
    if (!file) return
    if (!file.isWhole) problem('truncated', 'the text ends without its colon')
    const plan = Array.from(forkMembers({ forks: file }, file.name))
    yield { cost: file.data.content.size + file.resource.content.size, entries: plan.length, plan }
  },

  read(bytes, { start }, plan, sink) {
    const file = parseFile(bytes, start)
    if (!file) return
    for (const { meta, fork } of plan)
      if (fork) sink.stream(meta, (write) => forkStream(bytes, file, fork, write))
  },
}

function parseFile(bytes: Bytes, start: number): BinhexFile | undefined {
  const at = start + MAGIC.length
  const between = latin1(bytes.view(at, Math.min(MOST_BETWEEN, Math.max(0, bytes.size - at))))
  const beginning = BEGINNING.exec(between)
  if (latin1(bytes.view(start, MAGIC.length)) !== MAGIC || !beginning) return undefined
  const textAt = at + beginning[0].length
  const header = headerOf(bytes, textAt)
  if (!header) return undefined
  const end = textEnd(bytes, textAt)
  return { ...header, textAt, textEnd: end.at, isWhole: end.isWhole }
}

/** What the header tells, for which a CRC vouches. */
function headerOf(bytes: Bytes, textAt: number): Pick<BinhexFile, 'name' | 'data' | 'resource'> | undefined {
  const end = Math.min(textAt + HEADER_TEXT, textEnd(bytes, textAt).at)
  const header = firstBytes(bytes, textAt, end)
  const nameLength = header[0] ?? 0
  const size = 1 + nameLength + HEADER
  if (nameLength < 1 || nameLength > MOST_NAME || header.length < size) return undefined
  const reader = new Reader(header, 'big', 1)
  const name = macName(reader.latin1(nameLength))
  reader.skip(1 + 4 + 4 + 2)
  const [dataSize, resourceSize] = [reader.u32(), reader.u32()]
  if (crcCcitt(header.subarray(0, size - SUM), 0) !== reader.u16()) return undefined
  return {
    name,
    data: { content: { at: size, size: dataSize } },
    resource: { content: { at: size + dataSize + SUM, size: resourceSize } },
  }
}

function firstBytes(bytes: Bytes, textAt: number, end: number): Uint8Array {
  const chunks: Uint8Array[] = []
  try {
    binhexDecode(bytes, textAt, end, (chunk) => chunks.push(Uint8Array.from(chunk)))
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
  }
  return Buffer.concat(chunks)
}

function forkStream(
  bytes: Bytes,
  file: BinhexFile,
  { content }: BinhexFork,
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  const end = file.textEnd
  const [contentEnd, sumEnd] = [content.at + content.size, content.at + content.size + SUM]
  const told: number[] = []
  let [done, sum] = [0, 0]
  try {
    binhexDecode(bytes, file.textAt, end, (chunk) => {
      const part = chunk.subarray(Math.max(0, content.at - done), Math.max(0, contentEnd - done))
      told.push(...chunk.subarray(Math.max(0, contentEnd - done), Math.max(0, sumEnd - done)))
      done += chunk.length
      sum = crcCcitt(part, sum)
      if (part.length > 0) write(part)
      if (done >= sumEnd) throw ENOUGH
    })
  } catch (error) {
    if (error instanceof DecodeError)
      return { end, checksum: 'none', problem: { code: error.code, message: error.message } }
    if (error !== ENOUGH) throw error
  }
  const [high, low] = told
  if (high === undefined || low === undefined)
    return { end, checksum: 'none', problem: { code: 'truncated', message: 'less comes out than it has' } }
  if (sum === high * 256 + low) return { end, checksum: 'matches' }
  return { end, checksum: 'differs', problem: { code: 'checksum', message: 'the CRC differs' } }
}
