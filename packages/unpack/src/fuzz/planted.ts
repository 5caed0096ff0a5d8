import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat, LeafFormat } from '../contract.ts'

/** Readers with one fault each, to see that the loop finds it. */
const PLANTED = {
  title: 'planted',
  references: ['none'],
  limits: [],
  magic: [{ bytes: 'PLNT', at: 0 }],
  carve: true,
}

function headerOf(bytes: Bytes, at: number): Reader | undefined {
  if (bytes.size - at < 24) return undefined
  const reader = new Reader(bytes.view(at, 24), 'little')
  return reader.u32() === 0x544e_4c50 ? reader : undefined
}

/** Throws what nobody expects when four fields in a row have one value each: only coverage leads there. */
export const plantedDeepThrow: LeafFormat = {
  ...PLANTED,
  kind: 'leaf',
  name: 'planted-deep-throw',
  recognise(bytes, at) {
    const reader = headerOf(bytes, at)
    if (!reader) return undefined
    if (reader.u8() === 0x7f) {
      if (reader.u8() === 0xff) {
        if (reader.u8() === 0x20) {
          if (reader.u8() === 0x10) throw new TypeError('planted')
        }
      }
    }
    return { start: at, end: bytes.size }
  },
}

/** Follows a list of offsets without noticing that it goes round. */
export const plantedEndless: ContainerFormat<number> = {
  ...PLANTED,
  kind: 'container',
  name: 'planted-endless',
  recognise: (bytes, at) => (headerOf(bytes, at) ? { start: at, end: bytes.size } : undefined),
  *open(bytes, region) {
    let next = new Reader(bytes.view(region.start + 4, 4), 'little').u32()
    while (next > 7 && next + 4 <= region.end) next = new Reader(bytes.view(next, 4), 'little').u32()
    yield { cost: 0, entries: 0, plan: 0 }
  },
  read() {},
}

/** Believes the length that the header states, when a flag is set. */
export const plantedMisplaced: LeafFormat = {
  ...PLANTED,
  kind: 'leaf',
  name: 'planted-misplaced',
  recognise(bytes, at) {
    const reader = headerOf(bytes, at)
    if (!reader) return undefined
    const length = reader.u32()
    const flags = reader.u16()
    return { start: at, end: (flags & 0x8000) !== 0 && length > 0 ? at + length : bytes.size }
  },
}
