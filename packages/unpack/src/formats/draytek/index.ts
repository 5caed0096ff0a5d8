import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'

/** With the size of the header. */
const MAGIC = '2RHD\0\0\x01\0'
const HEADER = 256
const FOOTER = 'DrayTekImageMD5\n'
/** Behind it: an MD5 in hexadecimal digits, and a zero. */
const DIGITS = 33

export const draytek: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'draytek',
  title: 'DrayTek Vigor 167 image (2RHD)',
  references: ['FACT extractor, draytek_vigor_167.py'],
  limits: [
    'what the CRC in the header and the MD5 in the footer cover is not public: they are not compared',
    'an image without its footer is not recognised',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = readImage(bytes, at)
    return image && { start: at, end: image.footer + FOOTER.length + DIGITS }
  },

  ...storedAsIs(membersOf),
}

interface Image {
  readonly kernel: number
  readonly rootfs: number
  readonly footer: number
}

/** Lengths, big endian; the footer has to stand behind the root file system. */
function readImage(bytes: Bytes, at: number): Image | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big', 80)
  const [kernel, rootfs] = [reader.u32(), reader.u32()]
  const footer = at + HEADER + kernel + rootfs
  if (kernel + rootfs === 0 || footer + FOOTER.length + DIGITS > bytes.size) return undefined
  return latin1(bytes.view(footer, FOOTER.length)) === FOOTER ? { kernel, rootfs, footer } : undefined
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { kernel, rootfs } = readImage(bytes, start) as Image
  if (kernel > 0) yield announced(bytes, 'kernel', { at: start + HEADER, length: kernel }, problem)
  if (rootfs > 0) yield announced(bytes, 'rootfs', { at: start + HEADER + kernel, length: rootfs }, problem)
}
