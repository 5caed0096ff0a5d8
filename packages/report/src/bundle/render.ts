import type { ProductStatement, Text } from '@messlatte/model'
import { bytes, day } from '../figures.ts'
import { writeSigner } from '../signer/render.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { PRODUCT_FIELDS, PRODUCT_WORDS, WORDS } from '../words.ts'

const SAY = {
  tool: { en: 'Made by', de: 'Erstellt mit' },
  rules: { en: 'Rules', de: 'Regeln' },
  files: { en: 'Files, each as it was signed', de: 'Dateien, jede wie signiert' },
  last: {
    en: 'A signature says who, not that it is true.',
    de: 'Eine Signatur sagt, wer, nicht, dass es stimmt.',
  },
} as const satisfies Readonly<Record<string, Text>>

const LABEL = 14
const MOST_FILES = 60

/** Who signed a bundle, as far as that is known, what it is about, and what is in it. */
export function renderBundle(
  bundle: {
    readonly fingerprint: string
    readonly trusted: boolean
    readonly product: ProductStatement
    readonly asOf: string
    readonly tool: string
    readonly rules: readonly { readonly id: string; readonly version: string }[]
    readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
  },
  options: TerminalOptions,
): string {
  const sheet = new Sheet(options)
  const { language } = sheet
  const { product, asOf, tool, rules, files } = bundle
  writeSigner(sheet, bundle, LABEL)
  const stated = PRODUCT_FIELDS.map(
    (it) => `${sheet.say(PRODUCT_WORDS[it])}: ${product[it] ?? sheet.say(WORDS.notStated)}`,
  )
  sheet.field(sheet.say(WORDS.product), stated.join(' · '), 0, LABEL)
  sheet.field(sheet.say(WORDS.asOf), day(asOf, language), 0, LABEL)
  sheet.field(sheet.say(SAY.rules), rules.map(({ id, version }) => `${id} ${version}`).join(', '), 0, LABEL)
  sheet.field(sheet.say(SAY.tool), tool, 0, LABEL)
  sheet.heading(`${sheet.say(SAY.files)} (${files.length})`)
  sheet.list(files, MOST_FILES, 2, ({ name, size, sha256 }) =>
    sheet.paragraph(`${name}, ${bytes(size, language)}, SHA-256 ${sha256}`, 2),
  )
  sheet.blank()
  sheet.paragraph(sheet.say(SAY.last), 0, '', 'strong')
  return sheet.text()
}
