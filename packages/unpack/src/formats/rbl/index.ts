import type { Bytes } from '@messlatte/bytes'
import { type ContainerFormat, FormatError, type Sink } from '../../contract.ts'
import { announced, crc32Of, jsonText, type Stored, showText, wrapped } from '../members.ts'
import { decryptRbl, findRblKey } from './decrypt.ts'
import { HEADER_BYTES, MAGIC, parseRbl, type RblHeader } from './parse.ts'

interface RblPlan {
  readonly content: Stored | undefined
  /** Which key fits, by its place; -1 for the published one. */
  readonly key: number | undefined
}

export const rbl: ContainerFormat<RblPlan> = {
  kind: 'container',
  name: 'rbl',
  title: 'RBL (RT-Thread OTA container, Beken)',
  references: ['ltchiptool and LibreTiny documentation, "RBL"'],
  limits: [
    'contents that are packed with QuickLZ or FastLZ, and encrypted ones without their key, are shown as they are',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseRbl(bytes, at)
    return (
      header && { start: at, end: Math.min(at + HEADER_BYTES + bytesBehind(bytes, at, header), bytes.size) }
    )
  },

  *open(bytes, { start, end }, problem, keys) {
    const header = parseRbl(bytes, start) as RblHeader
    const at = start + HEADER_BYTES
    const content = end > at ? { at, length: header.packedBytes } : undefined
    if (content) tellDamage(bytes, content, header, problem)
    const key = content && findRblKey(bytes, content, header, keys)
    yield { cost: end - start, entries: 2, plan: { content, key } }
  },

  read(bytes, { start }, { content, key }, sink) {
    const header = parseRbl(bytes, start) as RblHeader
    showText('header.json', jsonText(header), sink)
    if (!content) return
    if (key !== undefined) {
      const plain = decryptRbl(bytes, content, header, key, sink.keys)
      if (!plain) throw new FormatError('unsupported', 'its key is not there')
      sink.file(wrapped(plainName(header)), plain.length, (out) => out.set(plain))
      return
    }
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

function nameOf(header: RblHeader): string {
  const { encryption } = header
  return encryption === 'none' ? plainName(header) : `${plainName(header)}-${encryption}`
}

function plainName({ name }: RblHeader): string {
  const plain = name.replaceAll('/', '_')
  return plain === '' || plain === '.' || plain === '..' ? 'content' : plain
}
