import { type Bytes, cString, forEachWindow, Reader } from '@messlatte/bytes'

/** Of the first section, which is code. */
export const MAGIC = '\x55\xaa\xf0\x0f'
const CODE = 0x55aaf00f
const FILE = 0x55aaf11f
const PADDING = 0x55aafeef
const MASK = 0xfffff00f
/** Bytes: magic, length; of files name and four more. */
const SECTION = 8
const FILE_HEADER = 16
const MAX_SECTIONS = 256
const STEP = 256 * 1024
/** Of the chips, in bytes. */
const SIZES: readonly number[] = [512 * 1024, 2 * 1024 * 1024]

export interface EepromSection {
  /** Of a file, as it stands there; `bootcode`, or what its magic is. */
  readonly name: string
  /** Of its content, bytes from the start. */
  readonly at: number
  readonly length: number
}

export interface RpiEeprom {
  readonly sections: readonly EepromSection[]
  readonly end: number
}

/** The image at `at`, or undefined: it holds a configuration. rpi-eeprom, rpi-eeprom-config: big endian. */
export function parseRpiEeprom(bytes: Bytes, at: number): RpiEeprom | undefined {
  const size = Math.min(SIZES[1] as number, bytes.size - at)
  const sections: EepromSection[] = []
  let offset = 0
  for (let count = 0; count < MAX_SECTIONS && offset + SECTION <= size; count++) {
    const reader = new Reader(bytes.view(at + offset, SECTION), 'big')
    const [magic, length] = [reader.u32(), reader.u32()]
    if (magic === 0 || magic === 0xffffffff) break
    // Behind the last section anything may stand.
    if ((magic & MASK) >>> 0 !== CODE || offset + SECTION + length > size) break
    if (magic === FILE) {
      if (length < FILE_HEADER) return undefined
      const name = cString(bytes.view(at + offset + SECTION, 12))
      if (!/^[\x21-\x7e]+$/.test(name) || name.includes('/')) return undefined
      const content = offset + SECTION + FILE_HEADER
      sections.push({ name, at: content, length: length - FILE_HEADER })
    } else if (magic !== PADDING) {
      const name = magic === CODE ? 'bootcode' : `section-0x${magic.toString(16)}`
      sections.push({ name, at: offset + SECTION, length })
    }
    offset = Math.ceil((offset + SECTION + length) / 8) * 8
  }
  if (!sections.some(({ name }) => name === 'bootconf.txt')) return undefined
  const last = Math.min(offset, size)
  const chip = SIZES.find(
    (one) => one >= last && at + one <= bytes.size && isErased(bytes, at + last, at + one),
  )
  return { sections, end: chip ?? last }
}

function isErased(bytes: Bytes, from: number, to: number): boolean {
  let erased = true
  forEachWindow(bytes, from, to, STEP, 0, (window) => {
    erased = window.every((byte) => byte === 0xff)
    return erased
  })
  return erased
}
