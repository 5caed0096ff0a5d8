import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { type IptimeNas, MAGIC, MAGIC_AT, mixed, parseIptimeNas } from './parse.ts'

export const iptimeNas: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'iptime-nas',
  title: 'ipTIME NAS image (EFM_NAS_PKG)',
  references: ['OpenWrt firmware-utils, src/iptime-naspkg.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseIptimeNas(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { model, sum, content, end } = parseIptimeNas(bytes, start) as IptimeNas
    if (end <= bytes.size && mixed(model, sumOf(bytes, content.at, content.length)) !== sum)
      problem('checksum', 'the sum differs', 'image')
    yield announced(bytes, 'image', content, problem)
  }),
}
