import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { type BcmKernel, MAGIC, MAGIC_AT, parseBcmKernel } from './parse.ts'

export const bcmKernel: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'bcm-kernel',
  title: 'Kernel for the boot loader CFE of Broadcom BCM4908 (routers of Asus, Netgear and TP-Link)',
  references: ['OpenWrt firmware-utils, src/bcm4908kernel.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseBcmKernel(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { content } = parseBcmKernel(bytes, start) as BcmKernel
    yield asProgram(announced(bytes, 'kernel', content, problem))
  }),
}
