import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, type OpteeTa, parseOpteeTa } from './parse.ts'

export const opteeTa: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'optee-ta',
  title: 'OP-TEE trusted application (signed)',
  references: ['OP-TEE, core/include/signed_hdr.h', 'OP-TEE, scripts/sign_encrypt.py'],
  limits: [
    'signatures are read, not verified',
    'encrypted applications are shown as they are',
    'headers of the kind before 2015 (type 0) are not taken',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const ta = parseOpteeTa(bytes, at)
    return ta && { start: at, end: Math.min(at + ta.image.to, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { image, encrypted, uuid } = parseOpteeTa(bytes, start) as OpteeTa
    const name = encrypted ? `${uuid}.encrypted` : `${uuid}.elf`
    if (encrypted) problem('unsupported', 'it is encrypted', name)
    const content = { at: start + image.from, length: image.to - image.from }
    yield asProgram(announced(bytes, name, content, problem))
  }),
}
