import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs } from '../members.ts'
import { regionOfTplink, tplinkMembers } from '../tplink-parts.ts'
import { MAGICS, parseTplinkV1, SALTS, type TplinkV1Header } from './parse.ts'

export const tplinkV1: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'tplink-v1',
  title: 'TP-Link image, version 1 (and 2 with a vendor’s name)',
  references: ['OpenWrt firmware-utils, src/mktplinkfw.c'],
  limits: [
    'found with the vendors TP-LINK Technologies and OpenWrt only',
    'RSA signatures of newer images are not verified',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const header = parseTplinkV1(bytes, at)
    return header && regionOfTplink(bytes, at, header)
  },

  ...storedAsIs((bytes, region, problem) => {
    const header = parseTplinkV1(bytes, region.start) as TplinkV1Header
    return tplinkMembers(bytes, region, header, SALTS, problem)
  }),
}
