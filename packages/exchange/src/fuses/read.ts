import { createHash } from 'node:crypto'
import type { FuseReadout, Text } from '@messlatte/model'
import { espContent, type FuseContent } from './fields.ts'
import { espefuseText, fuseRead, habStatus, stm32OptionBytes } from './texts.ts'

/** Bytes; a log of a start is far smaller. */
export const MOST_READOUT = 1024 * 1024
const MOST_FIELDS = 2000
const MOST_VALUE = 400
const ESPEFUSE = 'espefuse --port PORT summary --format json --file FILE'

/** What is wrong with a document, and the way out. */
export interface BadReadout {
  readonly problem: Text
}

/** What a document about one unit says. It is text from outside: bounded, and never trusted to be well-formed. */
export function readFuses(
  content: Uint8Array,
  name: string,
  taken: { readonly by: string | null; readonly on: string | null },
): FuseReadout | BadReadout {
  if (content.length > MOST_READOUT)
    return {
      problem: {
        en: 'is larger than 1 MiB: cut it down to the read-out itself',
        de: 'ist größer als 1 MiB: auf das Ausgelesene selbst kürzen',
      },
    }
  const text = Buffer.from(content).toString('utf8').replaceAll('\r', '')
  const start = text.indexOf('{')
  // espefuse prints its version, and which port it took, before the object.
  const isJson = start >= 0 && /^\s*(?:espefuse|esptool|Connecting|Serial port|=== |\{)/.test(text)
  const found = isJson
    ? espefuseJson(text.slice(start))
    : (espefuseText(text) ?? habStatus(text) ?? fuseRead(text) ?? stm32OptionBytes(text))
  if (found === undefined)
    return {
      problem: {
        en: 'is no read-out that is known: espefuse --port PORT summary --format json (or without --format), hab_status or fuse read in U-Boot, STM32_Programmer_CLI -ob displ',
        de: 'ist keine bekannte Form des Auslesens: espefuse --port PORT summary --format json (oder ohne --format), hab_status oder fuse read in U-Boot, STM32_Programmer_CLI -ob displ',
      },
    }
  if ('problem' in found) return found
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { name, sha256, size: content.length, ...found, ...taken }
}

function espefuseJson(text: string): FuseContent | BadReadout {
  const wrong = (en: string, de: string): BadReadout => ({
    problem: { en: `${en}: make it again with ${ESPEFUSE}`, de: `${de}: neu erzeugen mit ${ESPEFUSE}` },
  })
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return wrong('is JSON that ends early or is damaged', 'ist JSON, das zu früh endet oder beschädigt ist')
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    return wrong('is no object', 'ist kein Objekt')
  const fields = new Map<string, string>()
  for (const [name, field] of Object.entries(parsed).slice(0, MOST_FIELDS)) {
    const value: unknown =
      field !== null && typeof field === 'object' && 'value' in field ? field.value : undefined
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      fields.set(name, String(value).slice(0, MOST_VALUE))
  }
  if (!fields.has('MAC'))
    return wrong(
      'names no MAC, so that it is about no unit',
      'nennt keine MAC und handelt so von keinem Gerät',
    )
  return espContent(fields, 'espefuse-json')
}
