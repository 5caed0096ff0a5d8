import type { Text } from '@messlatte/model'
import type { Sheet } from '../terminal/sheet.ts'

const SAY = {
  signed: { en: 'Signed by', de: 'Signiert von' },
  known: { en: 'a key that you trust', de: 'einem Schlüssel, dem Sie vertrauen' },
  unknown: {
    en: 'key unknown: it travels along and shows that nothing was changed, not who signed (--trust KEY)',
    de: 'Schlüssel unbekannt: Er liegt bei und zeigt, dass nichts verändert wurde, nicht, wer signiert hat (--trust KEY)',
  },
} as const satisfies Readonly<Record<string, Text>>

/** Whose key signed, as far as that is known, and its fingerprint. `label` is the width of labels, in characters. */
export function writeSigner(
  sheet: Sheet,
  { trusted, fingerprint }: { readonly trusted: boolean; readonly fingerprint: string },
  label: number,
): void {
  sheet.field(sheet.say(SAY.signed), sheet.say(trusted ? SAY.known : SAY.unknown), 0, label, 'strong')
  sheet.field('', `SHA-256 ${fingerprint}`, 0, label)
}
