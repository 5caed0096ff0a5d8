import type { Language } from '@messlatte/model'
import { ARCHIVES } from './archives.ts'
import { CODECS } from './codecs.ts'
import { DISKS } from './disks.ts'
import { FILE_SYSTEMS } from './file-systems.ts'
import { FIRMWARE } from './firmware.ts'
import { SHARED } from './shared.ts'
import { type Template, Templates } from './templates.ts'

/**
 * What readers say, in English, to the same in German. `{1}` is the place of a number, `{name}` of a name or another text of the
 * image, `{message}` of a sentence that is in a table itself. More of a kind are `{2}`, `{name2}`.
 */
export type German = Readonly<Record<string, string>>

export const TABLES: readonly German[] = [SHARED, CODECS, ARCHIVES, FILE_SYSTEMS, DISKS, FIRMWARE]

/** Those that name themselves before a colon; the names stay what they are. */
const SPEAKERS = new Set(
  `7z ACE AES-256 ARC ASCII85 BCL1 BinHex Brotli DSK EFI_compression LZ4 LZ77 LZFSE LZH LZMA LZMA2 LZNT1 LZO NRV OpenPGP PPMd QNX_deflate RAR
  StuffIt XALZ ZPAQ bzip2 cab compress deflate deflate64 gzip implode lrzip lzip lzop lzx quantum rzip shrink sw-description xz zlib
  zoo_LZW zstd`
    .split(/\s+/)
    .map((name) => name.replace('_', ' ')),
)

/** Sentences within sentences; no reader says more. */
const MOST_WITHIN = 8

let known: Templates | undefined

/** What a reader says is wrong, in the reader's language: in German as a quote where it is in no table, as in results of other versions. */
export function damageText(message: string, language: Language): string {
  return language === 'en' ? message : (germanOf(message) ?? `„${message}“`)
}

/** Undefined where no table has it. */
export function germanOf(message: string, within = 0): string | undefined {
  if (within > MOST_WITHIN) return undefined
  const [speaker, said] = spoken(message)
  if (speaker !== '') {
    const german = germanOf(said, within + 1)
    return german === undefined ? undefined : `${speaker}: ${german}`
  }
  known ??= new Templates(TABLES.flatMap((table) => Object.entries(table)))
  const found = known.find(message)
  return found && filled(found.template, found.values, within)
}

/** Who says something, and what; without a name where it does not begin with one. */
export function spoken(message: string): readonly [string, string] {
  const colon = message.indexOf(': ')
  const speaker = message.slice(0, Math.max(colon, 0))
  return SPEAKERS.has(speaker) ? [speaker, message.slice(colon + 2)] : ['', message]
}

/** Values stand in it as they are, and are never read for places themselves. */
function filled({ german, places }: Template, values: readonly string[], within: number): string {
  return german.replace(/\{\w+\}/g, (place) => {
    const value = values[places.indexOf(place)] ?? place
    return place === '{message}' ? (germanOf(value, within + 1) ?? `„${value}“`) : value
  })
}
