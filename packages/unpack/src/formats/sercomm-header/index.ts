import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { isFilled } from '../filled.ts'
import { type StoredMember, storedAsIs, sumOf, wrapped } from '../members.ts'

const MAGIC = 'sErCoMm'
const AGAIN_AT = 63
/** The fields, with both marks. */
const FIELDS = AGAIN_AT + MAGIC.length
const HEADER = 512
const VERSION = 0x00010000

export const sercommHeader: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'sercomm-header',
  title: 'Sercomm header or footer (Netgear and other routers that Sercomm made)',
  references: ['OpenWrt firmware-utils, src/mksercommfw.c and src/dgn3500sum.c'],
  limits: [
    'no length stands in it: at the start of a file the image behind a header goes up to its end; elsewhere it is the header only',
    'the sums of 16 bits behind footers are not compared: from where they count is not told',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    if (at + FIELDS > bytes.size) return undefined
    const fields = bytes.view(at, FIELDS)
    const marked =
      latin1(fields.subarray(0, MAGIC.length)) === MAGIC && latin1(fields.subarray(AGAIN_AT)) === MAGIC
    if (!marked) return undefined
    const end = isHeader(bytes, at) ? endOfHeader(bytes, at) : endOfFooter(bytes, at)
    return { start: at, end }
  },

  ...storedAsIs(membersOf),
}

/** All behind the second mark is empty but for the checksum at the end. */
function isHeader(bytes: Bytes, at: number): boolean {
  if (at + HEADER > bytes.size || new Reader(bytes.view(at + MAGIC.length, 4), 'big').u32() !== VERSION)
    return false
  return isFilled(bytes, at + FIELDS, at + HEADER - 1, 0)
}

function endOfHeader(bytes: Bytes, at: number): number {
  return at === 0 ? bytes.size : at + HEADER
}

/** Two sums in hexadecimal may follow, or the zero that ends the text. */
function endOfFooter(bytes: Bytes, at: number): number {
  const from = at + FIELDS
  const behind = latin1(bytes.view(from, Math.min(SUMS, bytes.size - from)))
  if (/^[0-9A-F]{8}$/.test(behind)) return from + SUMS
  return behind.startsWith('\0') ? from + 1 : from
}

const SUMS = 8

function* membersOf(bytes: Bytes, { start, end }: Region, problem: Sink['problem']): Generator<StoredMember> {
  if (end - start <= HEADER) return
  // The last byte of the header makes the sum of all a multiple of 256.
  if ((sumOf(bytes, start, end - start) & 0xff) !== 0)
    problem('checksum', 'the sum of the image differs', 'firmware')
  yield { meta: wrapped('firmware'), content: { at: start + HEADER, length: end - start - HEADER } }
}
