import { type Bytes, latin1, Reader } from '@messlatte/bytes'

export const MAGIC = 'NTFS    '
export const MAGIC_AT = 3
const SECTOR = 512

/** The boot sector (little endian), as far as it tells where things lie. */
export interface Boot {
  /** Bytes. */
  readonly sectorSize: number
  readonly clusterSize: number
  readonly recordSize: number
  readonly sectors: number
  /** First cluster of the table of files. */
  readonly table: number
}

/** The boot sector at `at`, or undefined for what is none. */
export function readBoot(bytes: Bytes, at: number): Boot | undefined {
  if (at + SECTOR > bytes.size) return undefined
  const view = bytes.view(at, SECTOR)
  if (latin1(view.subarray(MAGIC_AT, MAGIC_AT + MAGIC.length)) !== MAGIC) return undefined
  if (view[510] !== 0x55 || view[511] !== 0xaa) return undefined
  const sectorSize = new Reader(view, 'little', 0x0b).u16()
  const perCluster = view[0x0d] as number
  const clusterSize = sectorSize * (perCluster > 0x80 ? 2 ** (256 - perCluster) : perCluster)
  const reader = new Reader(view, 'little', 0x28)
  const [sectors, table] = [reader.size64(), reader.size64()]
  const told = new Int8Array(view.buffer, view.byteOffset + 0x40, 1)[0] as number
  const recordSize = told < 0 ? 2 ** -told : told * clusterSize
  if (![512, 1024, 2048, 4096].includes(sectorSize) || !isPower(clusterSize) || clusterSize > 2 ** 21)
    return undefined
  if (!isPower(recordSize) || recordSize < 512 || recordSize > 65_536 || sectors === 0) return undefined
  if (!(table > 0 && table * clusterSize < sectors * sectorSize)) return undefined
  return { sectorSize, clusterSize, recordSize, sectors, table }
}

function isPower(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value))
}

/** Behind the last sector that is counted, a copy of the first one stands. */
export function endOf(bytes: Bytes, start: number, { sectors, sectorSize }: Boot): number {
  const end = start + sectors * sectorSize
  if (end + sectorSize > bytes.size) return Math.min(end, bytes.size)
  return latin1(bytes.view(end + MAGIC_AT, MAGIC.length)) === MAGIC ? end + sectorSize : end
}
