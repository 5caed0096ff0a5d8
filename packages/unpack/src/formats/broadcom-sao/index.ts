import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, distinctPaths, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseBroadcomSao, type SaoObject } from './parse.ts'

export const broadcomSao: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'broadcom-sao',
  title: 'Broadcom objects (SOBJ: cable gateways and set-top boxes)',
  references: ['FACT extractor, broadcom_sao.py and its sample'],
  limits: ['what is signed or encrypted within an object is shown as it is'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const last = parseBroadcomSao(bytes, at)?.at(-1)
    return last && { start: at, end: Math.min(last.at + last.length, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const pathOf = distinctPaths()
    for (const [place, object] of (parseBroadcomSao(bytes, start) as readonly SaoObject[]).entries()) {
      const path = pathOf(object.name, place)
      const whole = object.at + object.length <= bytes.size
      if (!object.headerFits) problem('checksum', 'the CRC-32 of the header differs', path)
      if (whole && crc32Of(bytes, object.at, object.length) !== object.crc)
        problem('checksum', 'the CRC-32 differs', path)
      yield announced(bytes, path, object, problem)
    }
  }),
}
