import { createHash } from 'node:crypto'
import type { ContainerFormat } from '../../contract.ts'
import { announced, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, type Meraki, parseMeraki } from './parse.ts'

export const meraki: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'meraki',
  title: 'Cisco Meraki image',
  references: ['OpenWrt firmware-utils, src/mkmerakifw.c'],
  limits: [
    'images of the devices before (mkmerakifw-old) are not recognised',
    'what fills it up to a partition is left out',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const content = parseMeraki(bytes, at)?.content
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const { sha1, content } = parseMeraki(bytes, start) as Meraki
    const whole = content.at + content.length <= bytes.size
    if (whole && hashStretch(createHash('sha1'), bytes, content.at, content.length).digest('hex') !== sha1)
      problem('checksum', 'the SHA-1 differs', 'firmware')
    return [announced(bytes, 'firmware', content, problem)]
  }),
}
