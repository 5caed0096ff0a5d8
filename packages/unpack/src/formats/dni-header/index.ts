import { type Bytes, latin1 } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type StoredMember, storedAsIs, sumOf, wrapped } from '../members.ts'

const MAGIC = 'device:'
const HEADER = 128
/** Lines of text, then NULs. */
const TEXT = /^device:[\x21-\x7e]+\nversion:[\x21-\x7e][\x20-\x7e]*\n[\n\x20-\x7e]*\0+$/
/** With which Buffalo's ends (OpenWrt, mkbuffaloimg.c). */
const MARK = '\x12\x32'

export const dniHeader: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'dni-header',
  title: 'DNI header (Netgear, Buffalo and other routers that Delta Networks made)',
  references: ['OpenWrt firmware-utils, src/mkdniimg.c and src/mkbuffaloimg.c'],
  limits: [
    'no length stands in it: at the start of a file the image goes up to its last byte, the checksum; elsewhere it is the header only',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    if (at + HEADER > bytes.size) return undefined
    const text = latin1(bytes.view(at, HEADER))
    if (!TEXT.test(text.endsWith(MARK) ? text.slice(0, -MARK.length) : text)) return undefined
    return { start: at, end: at === 0 && hasImage(bytes) ? bytes.size : at + HEADER }
  },

  ...storedAsIs(membersOf),
}

/** Of all bytes and the checksum, which makes it 255. */
const SUM = 0xff

function hasImage(bytes: Bytes): boolean {
  return bytes.size > HEADER + 1
}

function* membersOf(bytes: Bytes, { start, end }: Region, problem: Sink['problem']): Generator<StoredMember> {
  if (end === start + HEADER) return
  if ((sumOf(bytes, start, end - start) & 0xff) !== SUM)
    problem('checksum', 'the sum of the image differs', 'firmware')
  yield { meta: wrapped('firmware'), content: { at: start + HEADER, length: end - 1 - start - HEADER } }
}
