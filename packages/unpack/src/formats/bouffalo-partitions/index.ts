import type { ContainerFormat } from '../../contract.ts'
import { jsonText, showText } from '../members.ts'
import { type BouffaloTable, MAGIC, parseBouffaloTable } from './parse.ts'

const TABLE = 'partitions.json'

export const bouffaloPartitions: ContainerFormat<null> = {
  kind: 'container',
  name: 'bouffalo-partitions',
  title: 'Partition table of Bouffalo Lab chips (BL602, BL616, BL702, BL808)',
  references: ['Bouffalo Lab, bflb-iot-tool 1.10.0 (PyPI), libs/bflb_pt_creater.py'],
  limits: ['it is the table only: what lies in the partitions is found by what it is'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const table = parseBouffaloTable(bytes, at)
    return table && { start: at, end: table.end }
  },

  open(bytes, { start }, problem) {
    const { crcHolds } = parseBouffaloTable(bytes, start) as BouffaloTable
    if (!crcHolds) problem('checksum', 'the CRC of the rows differs', TABLE)
    return [{ cost: 0, entries: 1, plan: null }]
  },

  read(bytes, { start }, _plan, sink) {
    const { partitions } = parseBouffaloTable(bytes, start) as BouffaloTable
    showText(TABLE, jsonText(partitions), sink)
  },
}
