import type { ContainerFormat } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { type Csman, MAGICS, parseCsman } from './parse.ts'

export const csman: ContainerFormat<null> = {
  kind: 'container',
  name: 'csman',
  title: 'CSMAN settings (gateways)',
  references: ['binwalk 3, src/structures/csman.rs and src/extractors/csman.rs'],
  limits: ['what a number of an entry means is not told', 'settings of over 16 MiB are not read'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: false,

  recognise(bytes, at) {
    const settings = parseCsman(bytes, at)
    return settings && { start: at, end: settings.end }
  },

  open(bytes, { start }) {
    const { entries } = parseCsman(bytes, start) as Csman
    return [
      {
        cost: entries.reduce((sum, { value }) => sum + value.length, 0),
        entries: entries.length,
        plan: null,
      },
    ]
  },

  read(bytes, { start }, _plan, sink) {
    const taken = new Map<number, number>()
    for (const { key, value } of (parseCsman(bytes, start) as Csman).entries) {
      const count = taken.get(key) ?? 0
      taken.set(key, count + 1)
      const name = `${key.toString(16).padStart(8, '0')}${count === 0 ? '' : `-${count}`}.dat`
      sink.file(wrapped(name), value.length, (out) => out.set(value))
    }
  },
}
