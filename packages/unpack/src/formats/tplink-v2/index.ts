import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs } from '../members.ts'
import { regionOfTplink, tplinkMembers } from '../tplink-parts.ts'
import { MAGICS, parseTplinkV2, SALTS, type TplinkV2Header } from './parse.ts'

export const tplinkV2: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'tplink-v2',
  title: 'TP-Link image, versions 2 and 3',
  references: ['OpenWrt firmware-utils, src/mktplinkfw2.c'],
  limits: [
    'found where the version begins with "ver. " only',
    'RSA signatures of newer images are not verified',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const header = parseTplinkV2(bytes, at)
    return header && regionOfTplink(bytes, at, header)
  },

  ...storedAsIs((bytes, region, problem) => {
    const header = parseTplinkV2(bytes, region.start) as TplinkV2Header
    return tplinkMembers(bytes, region, header, SALTS, problem)
  }),
}
