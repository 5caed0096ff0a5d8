import type { ContainerFormat } from '../../contract.ts'
import { announced, type Stored, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseRtk0 } from './parse.ts'

export const rtk0: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'rtk0',
  title: 'RTK0 image (D-Link and other routers with Realtek chips)',
  references: ['binwalk 3, src/structures/rtk.rs'],
  limits: ['the checksum is not compared: what it covers is not public'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const content = parseRtk0(bytes, at)
    return content && content.at < bytes.size
      ? { start: at, end: Math.min(content.at + content.length, bytes.size) }
      : undefined
  },

  ...storedAsIs((bytes, { start }, problem) => [
    announced(bytes, 'firmware', parseRtk0(bytes, start) as Stored, problem),
  ]),
}
