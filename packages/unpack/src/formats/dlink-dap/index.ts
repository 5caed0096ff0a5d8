import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { type DlinkDap, MAGIC, parseDlinkDap } from './parse.ts'

export const dlinkDap: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'dlink-dap',
  title: 'D-Link DAP-1330 and DAP-1365 image',
  references: ['OpenWrt firmware-utils, src/mkdapimg2.c'],
  limits: ['where kernel and root file system are parted is not told'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: false,

  recognise(bytes, at) {
    const content = parseDlinkDap(bytes, at)?.content
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const { sum, content } = parseDlinkDap(bytes, start) as DlinkDap
    const whole = content.at + content.length <= bytes.size
    if (whole && sumOf(bytes, content.at, content.length) !== sum)
      problem('checksum', 'the sum of its bytes differs', 'firmware')
    return [announced(bytes, 'firmware', content, problem)]
  }),
}
