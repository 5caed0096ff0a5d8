import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, MAGIC_AT, type Partition, parseZynqBoot } from './parse.ts'

export const zynqBoot: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'zynq-boot',
  title: 'Boot image of Xilinx Zynq-7000 and Zynq UltraScale+ (BOOT.BIN)',
  references: [
    'AMD, UG1283 (Bootgen), chapters on the layout of boot images',
    'Xilinx/bootgen, bootheader-zynq.h, bootheader-zynqmp.h, partitionheadertable-zynq.h, partitionheadertable-zynqmp.h',
    'U-Boot, tools/zynqimage.c and tools/zynqmpimage.c',
  ],
  limits: [
    'certificates are shown, signatures are not verified',
    'encrypted partitions are shown as they are',
    'what sets registers in front of a program is not shown; images of Versal are not recognised',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseZynqBoot(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const image = parseZynqBoot(bytes, start)
    if (!image) return
    if (image.damagedAt !== undefined) problem('checksum', 'the checksum of a partition header differs')
    for (const [index, partition] of image.partitions.entries()) {
      const path = pathOf(partition, index)
      yield announced(bytes, path, { at: start + partition.at, length: partition.length }, problem)
      if (partition.certificate)
        yield announced(
          bytes,
          `${path}.certificate`,
          { ...partition.certificate, at: start + partition.certificate.at },
          problem,
        )
    }
  }),
}

/** Several partitions may be of one file. */
function pathOf({ name }: Partition, index: number): string {
  return name === '' || name.startsWith('.') || name.includes('/') ? `${index}` : `${index}-${name}`
}
