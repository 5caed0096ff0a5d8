import type { ContainerFormat } from '../../contract.ts'
import { hpPackage } from '../hp-table.ts'
import type { StoredMember } from '../members.ts'

export const hpBdl: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'hp-bdl',
  title: 'HP BDL (printers)',
  references: ['unblob, handlers/archive/hp/bdl.py', 'hpbdl (github.com/tylerwhall/hpbdl)'],
  limits: ['there is no checksum'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  ...hpPackage({
    magic: 'ibdl\x01\0\x01\0',
    header: 1321,
    entry: 16,
    member: (reader, index) => ({
      path: `ipkg-${index}`,
      at: reader.size64(),
      length: reader.size64(),
    }),
  }),
}
