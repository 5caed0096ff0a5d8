import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { type BouffaloOta, HEADER, MAGIC, parseBouffaloOta } from './parse.ts'

export const bouffaloOta: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'bouffalo-ota',
  title: 'Update file for Bouffalo Lab chips (BL60X_OTA)',
  references: ['Bouffalo Lab, bflb-iot-tool 1.10.0 (PyPI), core: the files that it writes with --ota'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const update = parseBouffaloOta(bytes, at)
    return update && { start: at, end: Math.min(at + HEADER + update.length, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { length, hash } = parseBouffaloOta(bytes, start) as BouffaloOta
  const at = start + HEADER
  if (
    at + length <= bytes.size &&
    !hashStretch(createHash('sha256'), bytes, at, length).digest().equals(hash)
  )
    problem('checksum', 'the hash of the image differs')
  yield announced(bytes, 'image', { at, length }, problem)
}
