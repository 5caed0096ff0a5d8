import { espContent, type FuseContent, NOTHING } from './fields.ts'

const MOST_LINES = 5000
/** `NAME (BLOCK0)  what it is   = value R/W (raw)`; of keys the value stands two lines below. esptool, espefuse. */
const FIELD = /^([A-Z][A-Z0-9_]{2,40}) \(BLOCK\d{1,2}\)(.*)$/
const VALUE = /= (.{1,200}?) (?:R|-)\/(?:W|-)/
const PURPOSE = /Purpose: ([A-Z0-9_]{1,40})/

/** The table that `espefuse summary` prints; undefined for what is none. */
export function espefuseText(text: string): FuseContent | undefined {
  const fields = new Map<string, string>()
  let name: string | undefined
  for (const line of linesOf(text)) {
    const [, field, rest = line] = FIELD.exec(line) ?? []
    name = field ?? name
    if (name === undefined) continue
    const key = /^BLOCK_KEY(\d)$/.exec(name)?.[1]
    const purpose = PURPOSE.exec(rest)?.[1]
    if (key !== undefined && purpose !== undefined && !fields.has(`KEY_PURPOSE_${key}`))
      fields.set(`KEY_PURPOSE_${key}`, purpose)
    const value = VALUE.exec(rest)?.[1]?.trim()
    if (value !== undefined && !fields.has(name)) fields.set(name, value)
  }
  return fields.has('MAC') && fields.size > 8 ? espContent(fields, 'espefuse-text') : undefined
}

/** What U-Boot's `hab_status` prints, also within a log of the start. U-Boot, arch/arm/mach-imx/hab.c. */
export function habStatus(text: string): FuseContent | undefined {
  const enabled = /Secure boot (enabled|disabled)/.exec(text)?.[1]
  const configuration = /HAB Configuration: 0x([0-9a-f]{2})/i.exec(text)?.[1]?.toLowerCase()
  if (enabled === undefined && configuration === undefined) return undefined
  const secureBoot = enabled === undefined ? configuration === 'cc' : enabled === 'enabled'
  const events = [...text.matchAll(/HAB Event \d{1,3} ?-/g)].length
  const none = text.includes('No HAB Events Found')
  return {
    ...NOTHING,
    format: 'hab-status',
    secureBoot,
    events: events > 0 || none ? events : null,
    unit: serialIn(text),
  }
}

const WORDS = 8

/**
 * What U-Boot's `fuse read BANK WORD 8` prints: `Word 0x00000000: 1a2b3c4d …`. The eight words of the SRK hash are
 * little endian, as the tools of the maker write them to SRK_fuse.bin.
 */
export function fuseRead(text: string): FuseContent | undefined {
  if (!/Reading bank \d/.test(text)) return undefined
  const words = linesOf(text).flatMap((line) => {
    const [, list] = /^Word 0x[0-9a-f]{8}:((?: [0-9a-f]{8}){1,16})\s*$/i.exec(line.trim()) ?? []
    return list?.trim().split(' ') ?? []
  })
  if (words.length < WORDS) return undefined
  const digest = words
    .slice(0, WORDS)
    .map((word) => Buffer.from(word, 'hex').reverse().toString('hex'))
    .join('')
  const keys = /^0+$/.test(digest) ? [] : [{ slot: 'SRK', digest, revoked: false }]
  return { ...NOTHING, format: 'fuse-read', keys, unit: serialIn(text) }
}

/** What `STM32_Programmer_CLI -ob displ` prints. Level 2 (0xCC) locks for good, level 1 debugs no flash. */
export function stm32OptionBytes(text: string): FuseContent | undefined {
  const [, level] = /\bRDP\s*:\s*0x([0-9a-f]{2})\b/i.exec(text) ?? []
  if (level === undefined) return undefined
  return {
    ...NOTHING,
    format: 'stm32-option-bytes',
    debugLocked: level.toLowerCase() === 'cc',
    unit: serialIn(text),
  }
}

function serialIn(text: string): string | null {
  return (
    /\b(?:serial#|Serial number|UID|ST-LINK SN)\s*[:=]\s*([0-9A-Fa-f:-]{8,40})\b/i.exec(text)?.[1] ?? null
  )
}

function linesOf(text: string): readonly string[] {
  return text.split('\n', MOST_LINES)
}
