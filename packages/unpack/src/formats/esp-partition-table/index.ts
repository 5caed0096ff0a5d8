import type { ContainerFormat } from '../../contract.ts'
import { behindTable, findFlashStart } from './flash.ts'
import { type EspMember, flashMembers } from './members.ts'
import { type EspPartitionTable, parsePartitionTable } from './parse.ts'

export const espPartitionTable: ContainerFormat<readonly EspMember[]> = {
  kind: 'container',
  name: 'esp-partition-table',
  title: 'ESP-IDF partition table, with the flash behind it',
  references: [
    'ESP-IDF documentation, Partition Tables',
    'ESP-IDF, components/partition_table/gen_esp32part.py',
    'ESP-IDF documentation, Flash Encryption',
  ],
  limits: [
    'where the table is encrypted itself, a flash is recognised with its key and from its beginning only: it is an esp-flash then',
    'partitions before the table (boot loaders) are left to what is found there; a dump with its boot loader is an esp-flash',
    'of encrypted partitions, applications prove that a key fits; data is decrypted with a key that an application proved',
  ],
  magic: ['\0', '\x01', '\x02', '\x03'].map((type) => ({ bytes: `\xaa\x50${type}`, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const table = parsePartitionTable(bytes, at)
    if (!table) return undefined
    const flash = findFlashStart(bytes, at, table)
    const ends =
      flash === undefined ? [] : behindTable(table).map(({ offset, size }) => flash + offset + size)
    return { start: at, end: Math.min(Math.max(table.end, ...ends), bytes.size) }
  },

  ...flashMembers((bytes, { start }) => {
    const table = parsePartitionTable(bytes, start) as EspPartitionTable
    return { start: findFlashStart(bytes, start, table), tableAt: start, table }
  }),
}
