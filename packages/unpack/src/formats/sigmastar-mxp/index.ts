import type { ContainerFormat } from '../../contract.ts'
import { jsonText, showText } from '../members.ts'
import { MAGIC, type MxpTable, parseSigmastarMxp } from './parse.ts'

export const sigmastarMxp: ContainerFormat<null> = {
  kind: 'container',
  name: 'sigmastar-mxp',
  title: 'Partition table of SigmaStar and MStar chips in SPI NOR flash (MXP)',
  references: ['OpenIPC (github.com/OpenIPC/u-boot-sigmastar), ipl: MXP_SF.bin of three chips'],
  limits: ['it is the table only: what lies in the partitions is found by what it is'],
  recognisedOnly:
    'no tool that writes it is public, and no table of a maker may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const table = parseSigmastarMxp(bytes, at)
    return table && { start: at, end: table.end }
  },

  open: () => [{ cost: 0, entries: 1, plan: null }],

  read(bytes, { start }, _plan, sink) {
    const { partitions } = parseSigmastarMxp(bytes, start) as MxpTable
    showText('partitions.json', jsonText(partitions), sink)
  },
}
