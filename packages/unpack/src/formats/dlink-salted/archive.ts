import { createDecipheriv } from 'node:crypto'
import { type Bytes, consistsOf, latin1 } from '@messlatte/bytes'

const BLOCK = 16
const UNIT = 512
const USTAR = 'ustar'
const USTAR_AT = 257
const SIZE_AT = 124
const SIZE = 12

/**
 * Where a tar archive in AES-256-CBC ends, padding included; undefined where none begins at `from`. It is a multiple of the
 * block, so that its padding is a block of its own, behind zeros that fill the last record.
 */
export function archiveEnd(
  bytes: Bytes,
  from: number,
  key: Uint8Array,
  vector: Uint8Array,
): number | undefined {
  const plain = (at: number, length: number): Buffer => {
    const before = at === from ? vector : bytes.view(at - BLOCK, BLOCK)
    return createDecipheriv('aes-256-cbc', key, before).setAutoPadding(false).update(bytes.view(at, length))
  }
  if (from + UNIT > bytes.size || !isHeader(plain(from, UNIT))) return undefined
  let at = from
  while (at + UNIT <= bytes.size) {
    const unit = plain(at, UNIT)
    if (isPadding(unit)) return at + BLOCK
    if (isHeader(unit)) at += UNIT * (1 + Math.ceil(sizeIn(unit) / UNIT))
    else if (consistsOf(unit, 0)) at += UNIT
    else return at
  }
  return at + BLOCK <= bytes.size && isPadding(plain(at, BLOCK)) ? at + BLOCK : bytes.size
}

function isHeader(unit: Buffer): boolean {
  return latin1(unit.subarray(USTAR_AT, USTAR_AT + USTAR.length)) === USTAR
}

function isPadding(unit: Buffer): boolean {
  return consistsOf(unit.subarray(0, BLOCK), BLOCK)
}

/** Octal digits; what is none is read as nothing, and the next unit ends the archive. */
function sizeIn(header: Buffer): number {
  const [digits] = /^[0-7]+/.exec(latin1(header.subarray(SIZE_AT, SIZE_AT + SIZE))) ?? ['0']
  return Number.parseInt(digits, 8)
}
