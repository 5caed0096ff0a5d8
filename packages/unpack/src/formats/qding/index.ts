import { createHash } from 'node:crypto'
import type { ContainerFormat } from '../../contract.ts'
import { announced, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { HEADER, MAGIC, MAGIC_AT, parseQding, type Qding } from './parse.ts'

export const qding: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'qding',
  title: 'Qding image (QC202 routers)',
  references: ['OpenWrt firmware-utils, src/mkqdimg.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const image = parseQding(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { digest, parts, end } = parseQding(bytes, start) as Qding
    const from = start + HEADER
    if (
      end <= bytes.size &&
      hashStretch(createHash('sha1'), bytes, from, end - from).digest('hex') !== digest
    )
      problem('checksum', 'the SHA-1 differs')
    for (const { path, content } of parts) yield announced(bytes, path, content, problem)
  }),
}
