import type { ContainerFormat } from '../../contract.ts'
import { behindTable } from '../esp-partition-table/flash.ts'
import { type EspMember, flashMembers } from '../esp-partition-table/members.ts'
import { type FoundFlash, findEspFlash } from './find.ts'

export const espFlash: ContainerFormat<readonly EspMember[]> = {
  kind: 'container',
  name: 'esp-flash',
  title: 'Flash of an ESP8266 or ESP32 with boot loader, partition table and partitions',
  references: [
    'ESP-IDF documentation, Partition Tables',
    'ESP-IDF documentation, Bootloader',
    'esptool, BOOTLOADER_FLASH_OFFSET of each target',
  ],
  limits: [
    'found at the start of a file or content only; an encrypted one with its key only',
    'of encrypted partitions behind a table that is not, applications prove that a key fits; data is decrypted with a key that an application proved',
  ],
  magic: [],
  spreads: true,
  carve: false,

  recognise(bytes, at, keys = []) {
    const flash = findEspFlash(bytes, at, keys)
    if (!flash) return undefined
    const { start, table, chipSize } = flash
    const ends = behindTable(table).map(({ offset, size }) => start + offset + size)
    return { start: at, end: Math.min(Math.max(table.end, start + chipSize, ...ends), bytes.size) }
  },

  ...flashMembers((bytes, { start }, keys) => findEspFlash(bytes, start, keys) as FoundFlash),
}
