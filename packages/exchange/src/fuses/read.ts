import { createHash } from 'node:crypto'
import type { FuseReadout } from '@messlatte/model'
import { espContent, type FuseContent } from './fields.ts'
import { espefuseText, fuseRead, habStatus, stm32OptionBytes } from './texts.ts'

/** Bytes; a log of a start is far smaller. */
export const MOST_READOUT = 1024 * 1024
const MOST_FIELDS = 2000
const MOST_VALUE = 400

/** What is wrong with a document, and the way out. */
export interface BadReadout {
  readonly problem: string
}

/** What a document about one unit says. It is text from outside: bounded, and never trusted to be well-formed. */
export function readFuses(
  content: Uint8Array,
  name: string,
  taken: { readonly by: string | null; readonly on: string | null },
): FuseReadout | BadReadout {
  if (content.length > MOST_READOUT)
    return { problem: 'is larger than 1 MiB: cut it down to the read-out itself' }
  const text = Buffer.from(content).toString('utf8').replaceAll('\r', '')
  const start = text.indexOf('{')
  // espefuse prints its version, and which port it took, before the object.
  const isJson = start >= 0 && /^\s*(?:espefuse|esptool|Connecting|Serial port|=== |\{)/.test(text)
  const found = isJson
    ? espefuseJson(text.slice(start))
    : (espefuseText(text) ?? habStatus(text) ?? fuseRead(text) ?? stm32OptionBytes(text))
  if (found === undefined)
    return {
      problem:
        'is no read-out that is known: espefuse --port PORT summary --format json (or without --format), hab_status or fuse read in U-Boot, STM32_Programmer_CLI -ob displ',
    }
  if ('problem' in found) return found
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { name, sha256, size: content.length, ...found, ...taken }
}

function espefuseJson(text: string): FuseContent | BadReadout {
  const way = 'make it again with espefuse --port PORT summary --format json --file FILE'
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { problem: `is JSON that ends early or is damaged: ${way}` }
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    return { problem: `is no object: ${way}` }
  const fields = new Map<string, string>()
  for (const [name, field] of Object.entries(parsed).slice(0, MOST_FIELDS)) {
    const value: unknown =
      field !== null && typeof field === 'object' && 'value' in field ? field.value : undefined
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      fields.set(name, String(value).slice(0, MOST_VALUE))
  }
  if (!fields.has('MAC')) return { problem: `names no MAC, so that it is about no unit: ${way}` }
  return espContent(fields, 'espefuse-json')
}
