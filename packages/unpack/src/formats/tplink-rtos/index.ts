import type { ContainerFormat } from '../../contract.ts'
import { announced, type Stored, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseTplinkRtos } from './parse.ts'

export const tplinkRtos: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'tplink-rtos',
  title: 'TP-Link RTOS image (IMG0: small routers and access points without Linux)',
  references: ['binwalk 3, src/structures/tplink.rs', 'FACT extractor, TPWRN702N.py'],
  limits: [
    'the MD5 is not compared: its salt is not public for these devices',
    'boot loader, system and files (MiniFS) are found in the content by what they are',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const content = parseTplinkRtos(bytes, at)
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  ...storedAsIs((bytes, { start }, problem) => [
    announced(bytes, 'image', parseTplinkRtos(bytes, start) as Stored, problem),
  ]),
}
