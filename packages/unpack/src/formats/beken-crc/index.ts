import type { ContainerFormat } from '../../contract.ts'
import { copyStretch, wrapped } from '../members.ts'
import { DATA, endOfGroups, GROUP } from './groups.ts'

const STEP = GROUP * 4096

export const bekenCrc: ContainerFormat<null> = {
  kind: 'container',
  name: 'beken-crc',
  title: 'Flash of Beken chips, with its CRCs',
  references: ['ltchiptool and LibreTiny documentation, "BK72xx"'],
  limits: ['code that the chip decrypts while it runs is shown as it is'],
  magic: [],
  spreads: true,
  carve: false,

  recognise(bytes, at) {
    const end = endOfGroups(bytes, at)
    return end === undefined ? undefined : { start: at, end }
  },

  *open(_bytes, { start, end }) {
    yield { cost: end - start, entries: 1, plan: null }
  },

  read(bytes, { start, end }, _plan, sink) {
    sink.stream(wrapped('flash'), (write) => {
      for (let at = start; at < end; at += STEP) {
        const raw = new Uint8Array(Math.min(STEP, end - at))
        copyStretch(bytes, at, raw)
        for (let from = 0; from < raw.length; from += GROUP) write(raw.subarray(from, from + DATA))
      }
      return { end, checksum: 'matches' }
    })
  },
}
