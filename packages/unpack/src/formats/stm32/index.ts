import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { MAGIC, parseStm32, type Stm32Image } from './parse.ts'

export const stm32: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'stm32',
  title: 'STM32 boot image (STM32MP1, STM32MP2, STM32N6)',
  references: [
    'ST wiki, "STM32 header for binary files", versions 1.0 and 2.0',
    'U-Boot, tools/stm32image.c',
    'phoenix-rtos-build, scripts for STM32N6 (header 2.3)',
  ],
  limits: ['signatures are read, not verified', 'encrypted payloads are shown as they are'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseStm32(bytes, at)
    return image && { start: at, end: Math.min(at + image.payload.to, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { payload, checksum, encrypted } = parseStm32(bytes, start) as Stm32Image
    const content = { at: start + payload.from, length: payload.to - payload.from }
    if (start + payload.to <= bytes.size && sumOf(bytes, content.at, content.length) !== checksum)
      problem('checksum', 'the sum of the payload differs')
    if (encrypted) problem('unsupported', 'it is encrypted', 'payload')
    yield asProgram(announced(bytes, 'payload', content, problem))
  }),
}
