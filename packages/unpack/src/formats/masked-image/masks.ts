import { crc32 } from 'node:zlib'
import type { Bytes } from '@messlatte/bytes'
import { copyStretch } from '../members.ts'

/** More than the flash of any such device holds, in bytes. */
export const MOST = 64 * 1024 * 1024
const UIMAGE = Buffer.from('27051956', 'hex')
const SEAMA = Buffer.from('5ea3a417', 'hex')
const HEADER = 64

export interface Mask {
  /** How what is masked begins. */
  readonly magic: string
  /** Undoes it in place. */
  readonly unmask: (content: Uint8Array) => void
  /** Whether the first bytes, unmasked, are what they should be. */
  readonly holds: (header: Buffer) => boolean
}

/** OpenWrt firmware-utils, xorimage.c; the patterns stand in the recipes of the devices. */
const REPEATED = ['29944a25', '29944a25120984c2', '3132333435363738'].map((pattern) =>
  maskOf(UIMAGE, holdsUimage, (content) => {
    const bytes = Buffer.from(pattern, 'hex')
    for (let at = 0; at < content.length; at++)
      content[at] = (content[at] as number) ^ (bytes[at % bytes.length] as number)
  }),
)

/** OpenWrt firmware-utils, nec-enc.c: the numbers from 1 to 251, mixed with a key. */
const COUNTED = ['ryztfyutcrqqo69d', '9gsiy9nzep452pad'].map((key) =>
  maskOf(SEAMA, holdsSeama, (content) => {
    for (let at = 0; at < content.length; at++)
      content[at] = (content[at] as number) ^ (1 + (at % 251)) ^ key.charCodeAt(at % key.length)
  }),
)

/** OpenWrt firmware-utils, nosimg-enc.c: taken off the first two blocks. */
const TABLE = Buffer.from(
  [
    'eeddcc215355eeccdd55807e00000000cdbddfaebb9b890170e5ccddf6fc8364',
    'ecddcef1e354fed0bdabdde1e4b4d583edfed0cdb655cca3edd5c67eddcc2153',
    'ec4ddc005355cdc32201807eefbc7566a6c0cc2ffed0eeccdd5501010101c564',
    '9945ab3255807eef55807eefbc756689e31d83ddfe558eab7d55807eff01ac66',
    '0ec992d973e50101bde510ce0101bae83edd81a1533301019ac510aa01ce8ae1',
    'b1fb00805377000070dc00010000cbb1a030000055a60000cabd01010000c9b2',
    '819001005a21000179bc010078007bb3d49701005355a9fcdda501beafc175c5',
    '8ed7770055d00dac0155807eefbc7ee6f16c5200331698cc010101010000' + '7988',
  ].join(''),
  'hex',
)
const TAKEN = maskOf(UIMAGE, holdsUimage, (content) => {
  for (let at = 0; at < Math.min(content.length, 2 * TABLE.length); at++)
    content[at] = (content[at] as number) + (TABLE[at % TABLE.length] as number)
})

export const MASKS: readonly Mask[] = [...REPEATED, ...COUNTED, TAKEN]

function maskOf(begins: Buffer, holds: Mask['holds'], unmask: Mask['unmask']): Mask {
  // What masks zeros is the mask; only what is taken off depends on what it is taken off from.
  const mask = Buffer.alloc(begins.length)
  unmask(mask)
  const taken = Buffer.from(begins.map((byte, at) => byte - (mask[at] as number)))
  const mixed = Buffer.from(begins.map((byte, at) => byte ^ (mask[at] as number)))
  const again = Buffer.from(mixed)
  unmask(again)
  return { magic: (again.equals(begins) ? mixed : taken).toString('latin1'), unmask, holds }
}

/** The mask of what begins at `at`, or undefined where nothing known comes out. */
export function maskAt(bytes: Bytes, at: number): Mask | undefined {
  if (at + HEADER > bytes.size) return undefined
  return MASKS.find(({ unmask, holds }) => {
    const header = Buffer.alloc(HEADER)
    copyStretch(bytes, at, header)
    unmask(header)
    return holds(header)
  })
}

function holdsUimage(header: Buffer): boolean {
  const stored = header.readUInt32BE(4)
  const counted = Buffer.from(header).fill(0, 4, 8)
  return header.subarray(0, UIMAGE.length).equals(UIMAGE) && crc32(counted) === stored
}

/** Bytes of what comes out first: the uImage, or the seal with the image in it. */
export function lengthOf(bytes: Bytes, at: number, { unmask }: Mask): number {
  const start = Buffer.alloc(Math.min(SEAL, bytes.size - at))
  copyStretch(bytes, at, start)
  unmask(start)
  if (start.subarray(0, UIMAGE.length).equals(UIMAGE)) return HEADER + start.readUInt32BE(12)
  const inner = SEAMA_HEADER + start.readUInt16BE(6)
  if (inner + SEAMA_HEADER > start.length) return start.length
  return inner + SEAMA_HEADER + MD5 + start.readUInt16BE(inner + 6) + start.readUInt32BE(inner + 8)
}

const SEAMA_HEADER = 12
const MD5 = 16
/** A seal is shorter. */
const SEAL = 2048

/** A seal has texts and no image. */
function holdsSeama(header: Buffer): boolean {
  const [texts, size] = [header.readUInt16BE(6), header.readUInt32BE(8)]
  return header.subarray(0, SEAMA.length).equals(SEAMA) && size === 0 && texts > 0 && texts < 1024
}
