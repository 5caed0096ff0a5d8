import { type Bytes, Reader } from '@messlatte/bytes'
import { type BootHeader, hex32 } from './header.ts'

const HEADER = 0xa0
const WIDTH = 0xaa995566
/** `XLNX` as a number. */
const NAME = 0x584c4e58
const WORDS_AT = 0x20
const TABLE_AT = 0x9c
const PARTITION = 64
const AUTHENTICATED = 0x8000
/** Of ZynqMP: the boot header demands RSA whatever the fuses say, and their key is not compared. */
const BY_HEADER = 0xc000

/**
 * AMD (Xilinx), UG585, "BootROM Header" (Zynq-7000), UG1085, "Boot Image Format" (Zynq UltraScale+): little endian. Both
 * headers and both partition headers end with the inverted sum of the words before it.
 */
export function readZynq(bytes: Bytes): BootHeader | undefined {
  if (bytes.size < HEADER) return undefined
  const head = new Reader(bytes.view(0, HEADER), 'little', WORDS_AT)
  const next = () => head.u32()
  const words = [next(), next(), next(), next(), next(), next(), next(), next(), next(), next()] as const
  const [width, name, encryption, , source, first, second, third, total, attributes] = words
  if (width !== WIDTH || name !== NAME || head.u32() !== invertedSum(words)) return undefined
  // UltraScale+ has here the length of the firmware of its PMU, twice; Zynq-7000 that of the boot loader, and zero.
  const ultra = (first === 0) === (second === 0)
  const length = ultra ? third : first
  if (length === 0 || total < length || source < HEADER) return undefined
  const table = new Reader(bytes.view(TABLE_AT, 4), 'little').u32()
  const partition = table === 0 ? 'none' : readPartition(bytes, table, ultra)
  if (!partition) return undefined
  const byHeader = ultra && (attributes & BY_HEADER) === BY_HEADER
  const signed = partition === 'none' ? total > length || byHeader : partition.certificate > 0
  return {
    name: ultra
      ? { en: 'boot header of AMD Zynq UltraScale+', de: 'Boot-Kopf von AMD Zynq UltraScale+' }
      : { en: 'boot header of AMD Zynq-7000', de: 'Boot-Kopf von AMD Zynq-7000' },
    at: 0,
    length: HEADER,
    level: signed || encryption !== 0 ? 'E3' : 'E1',
    fields: {
      sourceOffset: source,
      bootLoaderLength: length,
      bootLoaderTotalLength: total,
      keySource: hex32(encryption),
      headerChecksum: 'match',
      authenticationCertificate: partition === 'none' ? null : partition.certificate,
      ...(ultra ? { attributes: hex32(attributes), authenticationWhateverTheFusesSay: byHeader } : {}),
    },
    notVerified: [
      ...(signed ? ['RSA signatures of the authentication certificate', 'digest of its primary key'] : []),
      ...(encryption !== 0 ? ['what is encrypted'] : []),
      'partitions behind the first',
    ],
    repeat: ultra
      ? 'bootgen -arch zynqmp -read FILE; bootgen -arch zynqmp -verify FILE'
      : 'bootgen -arch zynq -read FILE',
  }
}

/** Bytes from the start to the certificate of the first partition, the boot loader; zero where it has none. */
function readPartition(
  bytes: Bytes,
  at: number,
  ultra: boolean,
): { readonly certificate: number } | undefined {
  if (at < HEADER || at + PARTITION > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, PARTITION), 'little')
  const words = Array.from({ length: PARTITION / 4 }, () => reader.u32())
  const [attributes, certificate] = ultra ? [words[9], words[13]] : [words[6], words[10]]
  if (attributes === undefined || certificate === undefined) return undefined
  if (words[15] !== invertedSum(words.slice(0, 15))) return undefined
  return ((attributes & AUTHENTICATED) !== 0) === certificate > 0
    ? { certificate: certificate * 4 }
    : undefined
}

function invertedSum(words: readonly number[]): number {
  return ~words.reduce((sum, word) => (sum + word) >>> 0, 0) >>> 0
}
