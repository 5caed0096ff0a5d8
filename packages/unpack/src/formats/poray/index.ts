import type { ContainerFormat } from '../../contract.ts'
import { copyStretch, wrapped } from '../members.ts'
import { MAGIC, MAGIC_AT, type Poray, parsePoray, poraySum, unmask } from './parse.ts'

export const poray: ContainerFormat<null> = {
  kind: 'container',
  name: 'poray',
  title: 'Poray image (Poray, Nexx, Hame and A5-V11 pocket routers; with the published patterns)',
  references: ['OpenWrt firmware-utils, src/mkporayfw.c'],
  limits: ['images of hardware whose pattern is not published are recognised, and shown as they are'],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parsePoray(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start }, _plan, sink) {
    const { content, patterns, end } = parsePoray(bytes, start) as Poray
    const there = Math.min(content.length, bytes.size - content.at)
    if (there < content.length) sink.problem('truncated', 'the image ends within this content', 'firmware')
    const masked = Buffer.alloc(Math.min(end, bytes.size) - content.at)
    copyStretch(bytes, content.at, masked)
    const found = patterns.find((pattern) => sumHolds(masked, there, pattern)) ?? patterns[0]
    if (there === content.length && (!found || !sumHolds(masked, there, found)))
      sink.problem('checksum', 'the sum differs', 'firmware')
    sink.file(wrapped('firmware'), there, (out) => {
      out.set(masked.subarray(0, there))
      if (found) unmask(out, found, 0)
    })
  },
}

/** The sum is masked, too. */
function sumHolds(masked: Buffer, length: number, pattern: Uint8Array): boolean {
  const plain = Buffer.from(masked)
  unmask(plain, pattern, 0)
  return plain.length === length + 2 && poraySum(plain.subarray(0, length)) === plain.readUInt16LE(length)
}
