import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { MAGIC, parseRpiEeprom, type RpiEeprom } from './parse.ts'

export const rpiEeprom: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'rpi-eeprom',
  title: 'Raspberry Pi boot EEPROM (Raspberry Pi 4 and 5)',
  references: ['raspberrypi/rpi-eeprom, rpi-eeprom-config'],
  limits: ['compressed code is shown as it is'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseRpiEeprom(bytes, at)
    return image && { start: at, end: at + image.end }
  },

  ...storedAsIs(function* (bytes, { start }) {
    const { sections } = parseRpiEeprom(bytes, start) as RpiEeprom
    const taken = new Set<string>()
    for (const { name, at, length } of sections) {
      const path = taken.has(name) ? `${name}-0x${at.toString(16)}` : name
      taken.add(name)
      yield { meta: wrapped(path), content: { at: start + at, length } }
    }
  }),
}
