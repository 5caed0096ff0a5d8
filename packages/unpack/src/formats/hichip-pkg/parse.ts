import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'PIHC'
const HEADER = 512
/** A file of settings, and one of an update. */
const KINDS: ReadonlySet<number> = new Set([0x1001, 0x1002])
const NAMES = ['boot.img', 'bootarg.img', 'kernel.img', 'rootfs.img', 'ipc.img'] as const
const LAST = { 4097: 'config_restore.bin', 4098: 'upgrade.zip' } as const
const NAME = 40
const DIGEST = 40

/** OpenIPC/coupler, camhi packer, and v9x-firmware-repacker: little endian. */
export interface HichipPkg {
  readonly parts: readonly HichipPart[]
  readonly end: number
}

export interface HichipPart extends Stored {
  readonly name: string
  /** MD5 of the part and a salt that everybody knows, in hexadecimal; empty where none is told. */
  readonly digest: string
  /** Whether parts of it are encrypted. */
  readonly encrypted: boolean
}

/** The package at `at`, or undefined: its parts follow the header without a gap. */
export function parseHichipPkg(bytes: Bytes, at: number): HichipPkg | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const kind = reader.u32()
  if (!KINDS.has(kind)) return undefined
  const last = LAST[kind as keyof typeof LAST]
  const lengths = [...NAMES, last].map(() => reader.u32())
  if (!/^[\x20-\x7e]*$/.test(cString(reader.take(NAME)))) return undefined
  const parts: HichipPart[] = []
  let end = at + HEADER
  for (const [index, length] of lengths.entries()) {
    const digest = cString(reader.take(DIGEST))
    if (length === 0) continue
    if (!/^([0-9a-f]{32})?$/i.test(digest)) return undefined
    const name = NAMES[index] ?? last
    parts.push({ name, at: end, length, digest: digest.toLowerCase(), encrypted: name === LAST[0x1002] })
    end += length
  }
  return parts.length === 0 ? undefined : { parts, end }
}
