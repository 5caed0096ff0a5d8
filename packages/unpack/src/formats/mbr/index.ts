import type { ContainerFormat } from '../../contract.ts'
import { partsOfDisk } from '../disk-parts.ts'
import { partsAsTheyAre, type StoredMember } from '../members.ts'
import { primaryRecords, readDisk, SECTOR, SIGNATURE, SIGNATURE_AT } from './parse.ts'

export const mbr: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'mbr',
  title: 'Disk with an MBR',
  references: ['UEFI Specification 2.10, section 5.2', 'Linux kernel, block/partitions/msdos.c'],
  limits: [
    'sectors of 512 bytes',
    'partitions within partitions (BSD, Minix) are left to what is found there',
  ],
  magic: [{ bytes: SIGNATURE, at: SIGNATURE_AT }],
  carve: false,

  recognise(bytes, at) {
    const records = primaryRecords(bytes, at)
    if (!records) return undefined
    // A logical partition may lie behind the extended one that lists it.
    const logical = readDisk(bytes, at, records).parts.map(({ offset, size }) => offset + size)
    const ends = records.map((record) => (record ? (record.first + record.sectors) * SECTOR : 0))
    return { start: at, end: Math.min(at + Math.max(...ends, ...logical), bytes.size) }
  },

  ...partsAsTheyAre(function* (bytes, region, problem) {
    const records = primaryRecords(bytes, region.start) ?? []
    const { parts, tables, broken } = readDisk(bytes, region.start, records)
    if (broken) problem(broken, 'the list of logical partitions breaks off')
    // The code in front of the first table is a boot loader's first stage.
    const reserved = tables.filter((at) => at > 0).map((at) => ({ start: at, end: at + SECTOR }))
    yield* partsOfDisk(bytes, region, SECTOR, parts, reserved, problem)
  }),
}
