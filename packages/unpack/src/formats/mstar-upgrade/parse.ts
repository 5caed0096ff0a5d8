import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { crc32Of } from '../members.ts'
import { MOST_SCRIPT, type MstarPart, parseMstarScript } from './script.ts'

/** Stands in front of the checksums; reserved for later use, always this. */
const MARK = '12345678'
const FOOTER = 32
const SUMS = 8
const REPEATED = 16
/** Parts are filled up to at most this. */
const MOST_FILLER = 64 * 1024

/** mstar-bin-tool, unpack.py and pack.py. */
export interface MstarUpgrade {
  /** Bytes of the script. */
  readonly script: number
  readonly parts: readonly MstarPart[]
  /** Where the script's room ends and the first part begins. */
  readonly contents: number
  readonly end: number
  /** Undefined where there is no footer, or one without checksums, as cameras have it. */
  readonly sums?: { readonly at: number; readonly script: number; readonly parts: number }
}

/** The image at `at`, or undefined: all parts lie behind the script, and the first one within 128 KiB. */
export function parseMstarUpgrade(bytes: Bytes, at: number): MstarUpgrade | undefined {
  const read = parseMstarScript(bytes, at)
  if (!read) return undefined
  const { length: script, parts } = read
  const contents = at + Math.min(...parts.map(({ offset }) => offset))
  const last = at + Math.max(...parts.map(({ offset, length }) => offset + length))
  if (contents < at + 512 || contents > at + MOST_SCRIPT || (contents - at) % 4 !== 0) return undefined
  return { script, parts, contents, ...(footerOf(bytes, at, last) ?? { end: last }) }
}

/** The footer repeats the first bytes of the script, so that it is known without a place; on cameras right behind its mark. */
function footerOf(bytes: Bytes, at: number, last: number): Pick<MstarUpgrade, 'end' | 'sums'> | undefined {
  if (last + FOOTER - SUMS > bytes.size) return undefined
  const room = latin1(bytes.view(last, Math.min(MOST_FILLER + FOOTER, bytes.size - last)))
  const first = latin1(bytes.view(at, REPEATED))
  for (let place = room.indexOf(MARK); place >= 0; place = room.indexOf(MARK, place + 1)) {
    const behind = place + MARK.length
    if (room.startsWith(first, behind)) return { end: last + behind + REPEATED }
    if (!room.startsWith(first, behind + SUMS)) continue
    const reader = new Reader(bytes.view(last + behind, SUMS), 'little')
    const sums = { at: last + place, script: reader.u32(), parts: reader.u32() }
    return { end: last + place + FOOTER, sums }
  }
  return undefined
}

/** Which of both checksums differ. XGIMI's sums up all in front of itself instead of the parts. @throws BytesError */
export function wrongSums(bytes: Bytes, at: number, image: MstarUpgrade): readonly ('script' | 'parts')[] {
  const { contents, sums } = image
  if (!sums) return []
  const script = crc32Of(bytes, at, contents - at)
  const parts = crc32Of(bytes, contents, sums.at - contents)
  const all = crc32Of(bytes, contents, sums.at + MARK.length + 4 - contents, script)
  return [
    ...(script === sums.script ? [] : (['script'] as const)),
    ...(parts === sums.parts || all === sums.parts ? [] : (['parts'] as const)),
  ]
}
