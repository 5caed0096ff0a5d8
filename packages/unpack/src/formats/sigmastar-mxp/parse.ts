import { type Bytes, cString, Reader } from '@messlatte/bytes'

export const MAGIC = 'MXPT'
const RECORD = 136
const NAME_AT = 32
const NAME = 32
const END_MARK = 'TPXM'
const END_AT = 125
const MOST = 64

/** As OpenIPC's tables are: little endian. */
export interface MxpPartition {
  readonly name: string
  /** Bytes from the start of the flash. */
  readonly start: number
  readonly size: number
}

export interface MxpTable {
  readonly partitions: readonly MxpPartition[]
  readonly end: number
}

/** The table at `at`, or undefined: records with marks at both ends; the first one is of the table itself, the last ones are unused. */
export function parseSigmastarMxp(bytes: Bytes, at: number): MxpTable | undefined {
  const partitions: MxpPartition[] = []
  let place = at
  let unused = false
  for (let index = 0; index < MOST && place + RECORD <= bytes.size; index++, place += RECORD) {
    const reader = new Reader(bytes.view(place, RECORD), 'little')
    if (reader.latin1(MAGIC.length) !== MAGIC) break
    if (new Reader(reader.bytes, 'little', END_AT).latin1(END_MARK.length) !== END_MARK) break
    reader.skip(4)
    const [start, size] = [reader.size64(), reader.size64()]
    const name = cString(reader.bytes.subarray(NAME_AT, NAME_AT + NAME))
    if (index === 0 && name !== MAGIC) return undefined
    unused = !/^[\x21-\x7e]+$/.test(name)
    if (!unused) partitions.push({ name, start, size })
  }
  return unused && partitions.length > 1 ? { partitions, end: place } : undefined
}
