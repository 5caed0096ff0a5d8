import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { PROCESSORS, parseMachO } from '../macho/parse.ts'
import { distinctPaths, type StoredMember, storedAsIs, whatIsThere, wrapped } from '../members.ts'

/** Java has its version here, from 45 on. */
const MOST_PARTS = 30
const ARCHIVE = '!<arch>\n'
/** The largest alignment that is known, as a power of two. */
const MOST_ALIGNMENT = 15

const LAYOUTS = {
  '\xca\xfe\xba\xbe': { entry: 20, bits: 32 },
  '\xca\xfe\xba\xbf': { entry: 32, bits: 64 },
} as const

type FatMagic = keyof typeof LAYOUTS

interface Part {
  readonly name: string
  /** From the start of the whole, in bytes. */
  readonly offset: number
  readonly size: number
}

/** Source: Apple, mach-o/fat.h; all numbers are big endian. @throws BytesError */
function partsAt(bytes: Bytes, at: number): readonly Part[] | undefined {
  const head = new Reader(bytes.view(at, 8), 'big')
  const magic = head.take(4)
  const count = head.u32()
  if (count === 0 || count > MOST_PARTS) return undefined
  const layout = LAYOUTS[latin1(magic) as FatMagic]
  if (layout === undefined) return undefined
  const reader = new Reader(bytes.view(at + 8, count * layout.entry), 'big')
  const parts: Part[] = []
  let done = 8 + count * layout.entry
  for (let index = 0; index < count; index++) {
    const name = PROCESSORS.get(reader.u32())
    reader.skip(4)
    const wide = layout.bits === 64
    const [offset, size] = wide ? [reader.size64(), reader.size64()] : [reader.u32(), reader.u32()]
    const alignment = reader.u32()
    if (wide) reader.skip(4)
    const placed = offset >= done && size > 0 && alignment <= MOST_ALIGNMENT && offset % 2 ** alignment === 0
    // One that the end of the bytes cuts off is believed where another one is there.
    const cut = index > 0 && at + offset + size > bytes.size
    if (name === undefined || !placed || !(cut || isProgram(bytes, at + offset, name))) return undefined
    parts.push({ name, offset, size })
    done = offset + size
  }
  return Number.isSafeInteger(done) ? parts : undefined
}

function isProgram(bytes: Bytes, at: number, processor: string): boolean {
  const archive = at + ARCHIVE.length <= bytes.size && latin1(bytes.view(at, ARCHIVE.length)) === ARCHIVE
  return archive || parseMachO(bytes, at)?.processor === processor
}

export const machoFat: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'macho-fat',
  title: 'Universal programs of macOS (Mach-O for several processors)',
  references: ['Apple, mach-o/fat.h (cctools)'],
  limits: ['parts in another order than their table has are not recognised'],
  magic: Object.keys(LAYOUTS).map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const last = partsAt(bytes, at)?.at(-1)
    return last && { start: at, end: Math.min(at + last.offset + last.size, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const pathOf = distinctPaths()
    for (const [index, { name, offset, size }] of (partsAt(bytes, start) ?? []).entries()) {
      const path = pathOf(name, index)
      const whole = start + offset + size <= bytes.size
      if (!whole) problem('truncated', 'the end of the bytes cuts it off', path)
      const content = whole ? { at: start + offset, length: size } : whatIsThere(bytes, start + offset)
      yield { meta: wrapped(path), content }
    }
  }),
}
