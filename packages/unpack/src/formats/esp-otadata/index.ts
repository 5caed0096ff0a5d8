import { type Bytes, consistsOf } from '@messlatte/bytes'
import type { ContainerFormat, Region } from '../../contract.ts'
import { jsonText, showText } from '../members.ts'
import { steps } from '../places.ts'
import { ENTRY, type OtaSelect, parseOtaSelect, SECTOR } from './parse.ts'

const SUMMARY = 'otadata.json'

export const espOtadata: ContainerFormat<undefined> = {
  kind: 'container',
  name: 'esp-otadata',
  title: 'ESP-IDF OTA data (which slot is booted)',
  references: [
    'ESP-IDF documentation, Over The Air Updates, OTA Data Partition',
    'ESP-IDF, components/bootloader_support/include/esp_flash_partitions.h',
  ],
  limits: ['it has no magic: it is sought at the starts of sectors, and at the start of a file'],
  magic: [],
  carve: false,

  *candidates(bytes, gap) {
    for (const at of steps(bytes, gap, SECTOR)) {
      if (at + ENTRY > gap.end) return
      // Before an entry, an erased sector may be anything's: only a whole partition may begin with one.
      if (parseOtaSelect(bytes, at) || (at === 0 && parseOtaSelect(bytes, SECTOR))) yield at
    }
  },

  recognise(bytes, at) {
    const entries = [0, 1].map((index) => entryAt(bytes, at + index * SECTOR))
    if (entries.includes(undefined) || !entries.some((entry) => typeof entry === 'object')) return undefined
    return { start: at, end: at + 2 * SECTOR }
  },

  *open() {
    yield { cost: 1, entries: 1, plan: undefined }
  },

  read(bytes, region, _plan, sink) {
    showText(SUMMARY, jsonText(describe(bytes, region)), sink)
  },
}

/** A sector with an entry and nothing else, or with nothing at all. */
function entryAt(bytes: Bytes, at: number): OtaSelect | 'erased' | undefined {
  if (at + SECTOR > bytes.size) return undefined
  const isErased = (from: number) => consistsOf(bytes.view(from, at + SECTOR - from), 0xff)
  if (!isErased(at + ENTRY)) return undefined
  return parseOtaSelect(bytes, at) ?? (isErased(at) ? 'erased' : undefined)
}

function describe(bytes: Bytes, { start }: Region): object {
  const entries = [0, 1].map((index) => parseOtaSelect(bytes, start + index * SECTOR) ?? null)
  const sequence = Math.max(...entries.map((entry) => entry?.sequence ?? 0))
  return { entries, sequence }
}
