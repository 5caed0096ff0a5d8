import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, type MediatekPart, parseMediatekPartition } from './parse.ts'

export const mediatekPartition: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'mediatek-partition',
  title: 'MediaTek partition image (boot loader LK, modem, secure world) with its certificates',
  references: ['U-Boot, tools/mtk_image.h', 'the certificates: images of devices'],
  limits: ['certificates are shown, not verified'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const last = parseMediatekPartition(bytes, at)?.at(-1)
    return last && { start: at, end: Math.min(last.at + last.size, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const parts = parseMediatekPartition(bytes, start) as readonly MediatekPart[]
    for (const { name, at, size } of parts) {
      const member = announced(bytes, name, { at, length: size }, problem)
      yield name.startsWith('cert') ? member : asProgram(member)
    }
  }),
}
