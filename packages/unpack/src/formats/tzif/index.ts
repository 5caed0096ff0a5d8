import { type Bytes, Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const MAGIC = 'TZif'
const HEADER = 44
const RESERVED = 15
/** No rule for the time to come is longer. */
const MOST_FOOTER = 256
const MOST = 100_000

interface Counts {
  readonly version: string
  /** Bytes behind the header, with times of four and of eight bytes. */
  readonly block: (time: number) => number
}

export const tzif = inlay(
  {
    name: 'tzif',
    title: 'Time zones (TZif)',
    references: ['RFC 9636, section 3'],
    limits: [],
    magic: [{ bytes: MAGIC, at: 0 }],
    carve: true,
  },
  (bytes, at) => {
    const first = countsAt(bytes, at)
    if (!first) return undefined
    const behind = at + HEADER + first.block(4)
    if (first.version === '\0') return behind
    const second = countsAt(bytes, behind)
    if (second?.version !== first.version) return undefined
    return footerEnd(bytes, behind + HEADER + second.block(8))
  },
)

function countsAt(bytes: Bytes, at: number): Counts | undefined {
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(4) !== MAGIC) return undefined
  const version = reader.latin1(1)
  if (!'\x00234'.includes(version) || reader.take(RESERVED).some((byte) => byte !== 0)) return undefined
  const [universal, standard, leaps] = [reader.u32(), reader.u32(), reader.u32()]
  const [times, types, letters] = [reader.u32(), reader.u32(), reader.u32()]
  // Each type of local time may be told to be standard or universal, or none is.
  if (types > 256 || ![0, types].includes(universal) || ![0, types].includes(standard)) return undefined
  if (times > MOST || leaps > MOST || letters > MOST) return undefined
  return {
    version,
    block: (time) => times * (time + 1) + types * 6 + letters + leaps * (time + 4) + standard + universal,
  }
}

/** A line between two line ends. */
function footerEnd(bytes: Bytes, at: number): number | undefined {
  const view = bytes.view(at, Math.min(MOST_FOOTER, bytes.size - at))
  const end = view.indexOf(10, 1)
  return view[0] === 10 && end > 0 ? at + end + 1 : undefined
}
