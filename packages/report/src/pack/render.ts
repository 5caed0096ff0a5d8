import type { ReleaseImage, Text } from '@messlatte/model'
import { writeSigner } from '../signer/render.ts'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'

const SAY = {
  about: { en: 'About', de: 'Über' },
  tool: { en: 'Made by', de: 'Erstellt mit' },
  states: { en: 'States', de: 'Besagt' },
  claim: {
    en: 'A signature says who, not that it is true: without the image this counts as a claim until somebody with the image repeats it.',
    de: 'Eine Signatur sagt, wer, nicht, dass es stimmt: Ohne das Abbild zählt dies als Angabe, bis jemand mit dem Abbild es wiederholt.',
  },
} as const satisfies Readonly<Record<string, Text>>

const LABEL = 14

/** Who signed an evidence pack or another statement, as far as that is known, and what it is about. */
export function renderPack(
  pack: {
    readonly fingerprint: string
    readonly trusted: boolean
    readonly images: readonly Pick<ReleaseImage, 'name' | 'sha256'>[]
    /** Of a pack. */
    readonly tool?: string
    /** Of another statement. */
    readonly predicateType?: string
  },
  options: TerminalOptions,
): string {
  const sheet = new Sheet(options)
  writeSigner(sheet, pack, LABEL)
  for (const { name, sha256 } of pack.images)
    sheet.field(sheet.say(SAY.about), `${name}, SHA-256 ${sha256}`, 0, LABEL)
  if (pack.tool !== undefined) sheet.field(sheet.say(SAY.tool), pack.tool, 0, LABEL)
  if (pack.predicateType !== undefined) sheet.field(sheet.say(SAY.states), pack.predicateType, 0, LABEL)
  sheet.paragraph(sheet.say(SAY.claim))
  return sheet.text()
}
