import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { MAGIC, parseTiK3, type TiK3 } from './parse.ts'

export const tiK3: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ti-k3',
  title: 'TI K3 boot image (certificate in front)',
  references: [
    'Texas Instruments, TISCI documentation, "Security X509 Certificate Documentation"',
    'U-Boot, tools/binman/btool/openssl.py',
  ],
  limits: [
    'signatures and digests are read, not verified',
    'encrypted images are shown as they are',
    'certificates without an image behind them (debug, key provisioning) are not taken',
    'it is looked for at the start of files and regions only',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: false,

  recognise(bytes, at) {
    const image = parseTiK3(bytes, at)
    return image && { start: at, end: Math.min(at + image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { certificate, components, encrypted } = parseTiK3(bytes, start) as TiK3
    yield { meta: wrapped('certificate.der'), content: { at: start, length: certificate.length } }
    for (const { name, at, length } of components) {
      if (encrypted) problem('unsupported', 'it is encrypted', name)
      yield asProgram(announced(bytes, name, { at: start + at, length }, problem))
    }
  }),
}
