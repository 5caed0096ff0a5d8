import { cString } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { hpPackage } from '../hp-table.ts'
import type { StoredMember } from '../members.ts'

export const hpIpkg: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'hp-ipkg',
  title: 'HP IPKG (printers)',
  references: ['unblob, handlers/archive/hp/ipkg.py', 'hpbdl (github.com/tylerwhall/hpbdl)'],
  limits: ['the checksums of the files, whose kind is not public, are not compared'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  ...hpPackage({
    magic: 'ipkg\x01\0\x03\0',
    header: 1056,
    entry: 276,
    member(reader) {
      const path = cString(reader.take(256))
      const [at, length] = [reader.size64(), reader.size64()]
      reader.skip(4)
      return { path, at, length }
    },
  }),
}
