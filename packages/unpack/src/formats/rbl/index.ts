import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { announced, crc32Of, jsonText, type Stored, showText } from '../members.ts'
import { HEADER_BYTES, MAGIC, parseRbl, type RblHeader } from './parse.ts'

export const rbl: ContainerFormat<Stored | undefined> = {
  kind: 'container',
  name: 'rbl',
  title: 'RBL (RT-Thread OTA container, Beken)',
  references: ['ltchiptool and LibreTiny documentation, "RBL"'],
  limits: ['encrypted contents, and those packed with QuickLZ or FastLZ, are shown as they are'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseRbl(bytes, at)
    return (
      header && { start: at, end: Math.min(at + HEADER_BYTES + bytesBehind(bytes, at, header), bytes.size) }
    )
  },

  *open(bytes, { start, end }, problem) {
    const header = parseRbl(bytes, start) as RblHeader
    const at = start + HEADER_BYTES
    const content = end > at ? { at, length: header.packedBytes } : undefined
    if (content) tellDamage(bytes, content, header, problem)
    yield { cost: end - start, entries: 2, plan: content }
  },

  read(bytes, { start }, content, sink) {
    const header = parseRbl(bytes, start) as RblHeader
    showText('header.json', jsonText(header), sink)
    if (!content) return
    const { meta, content: there } = announced(bytes, nameOf(header), content, () => {})
    if (there) sink.slice(meta, there.at, there.length)
  },
}

/** In flash the header stands behind its content: erased bytes follow, or nothing. */
function bytesBehind(bytes: Bytes, at: number, { packedBytes }: RblHeader): number {
  const from = at + HEADER_BYTES
  const next = bytes.view(Math.min(from, bytes.size), Math.min(32, bytes.size - Math.min(from, bytes.size)))
  return next.every((byte) => byte === 0xff) ? 0 : packedBytes
}

function tellDamage(bytes: Bytes, { at, length }: Stored, header: RblHeader, problem: Sink['problem']): void {
  if (at + length > bytes.size) problem('truncated', 'the image ends within this content', nameOf(header))
  else if (crc32Of(bytes, at, length) !== header.crc) problem('checksum', 'the CRC differs', nameOf(header))
}

function nameOf({ name, encryption }: RblHeader): string {
  const plain = name.replaceAll('/', '_')
  const usable = plain === '' || plain === '.' || plain === '..' ? 'content' : plain
  return encryption === 'none' ? usable : `${usable}-${encryption}`
}
