import type { ContainerFormat } from '../../contract.ts'
import { jsonText, showText, wrapped } from '../members.ts'
import { extentsOf, parseWearLevelling, type WearLevelling } from './parse.ts'

export const espWearLevelling: ContainerFormat<null> = {
  kind: 'container',
  name: 'esp-wear-levelling',
  title: 'Partition with the wear levelling of ESP-IDF (FAT in flash)',
  references: [
    'ESP-IDF documentation, Wear Levelling API',
    'ESP-IDF, components/wear_levelling: WL_Config.h, WL_State.h, WL_Flash.cpp',
  ],
  limits: [
    'found where a content begins with that partition, as a partition of an esp-flash does',
    'what safe mode kept of a sector when the power failed is not put back',
  ],
  magic: [],
  spreads: true,
  carve: false,

  recognise(bytes, at) {
    const levelling = parseWearLevelling(bytes, at)
    return levelling && { start: at, end: levelling.end }
  },

  *open(_bytes, { start, end }) {
    yield { cost: end - start, entries: 2, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    const levelling = parseWearLevelling(bytes, start) as WearLevelling
    const { pageSize, pages, updateRate, empty, rounds, version } = levelling
    showText(
      'wear-levelling.json',
      jsonText({ version, pageSize, pages, updateRate, emptyPage: empty, rounds }),
      sink,
    )
    sink.mapped(wrapped('flash'), pages * pageSize, extentsOf(levelling, start))
  },
}
