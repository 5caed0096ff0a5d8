import type { Artefact, Check, Facts, MapOut, ReduceOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { deliveredFile } from '../boot-image/delivered.ts'
import { packageEvidence, UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { text } from '../package/say.ts'
import type { UpdateWords } from '../package/scheme.ts'
import '../sysupgrade/facts.ts'
import './facts.ts'
import { titleOf, VENDOR_FORMATS } from './table.ts'

export const vendorImageCheck: Check = {
  id: 'update.vendor-image',
  version: 1,
  title: {
    en: 'Update files in makers’ own formats that have no signature',
    de: 'Update-Dateien in Herstellerformaten ohne Signatur',
  },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'That an image is in a format that has checksums at most, which anybody computes anew.',
    de: 'Dass ein Abbild in einem Format vorliegt, das höchstens Prüfsummen hat, die jeder neu ausrechnet.',
  },
  cannotShow: {
    en: 'That a unit takes a changed one: what is fetched from a server that is authenticated, or signed beside the file, is not seen in it.',
    de: 'Dass ein Gerät ein verändertes annimmt: Ob von einem geprüften Server geladen oder neben der Datei signiert wird, sieht man ihr nicht an.',
  },
  states: ['update.vendor-image.description', 'update.vendor-image.unsigned'],
  wants: { formats: Object.keys(VENDOR_FORMATS) },
  needs: ['update.sysupgrade'],
  gives: ['update.vendor-image'],
  look,
  conclude,
}

function look(artefact: Artefact, out: MapOut): void {
  const { format } = artefact
  if (format !== undefined) out.fact('update.vendor-image', placeOf(artefact), { format })
}

function conclude(facts: Facts, out: ReduceOut): void {
  const judged = new Set(facts.of('update.sysupgrade').map(({ place }) => place.path))
  for (const { place, data } of facts.of('update.vendor-image')) {
    const row = VENDOR_FORMATS[data.format]
    const file = deliveredFile(place.path)
    if (!row || file === undefined || judged.has(file)) continue
    const one = {
      scheme: schemeOf(data.format),
      place,
      finding: undefined,
      otherwise: row.level,
      // Devices may still fetch it from a place that they authenticate.
      unsigned: 'low',
      differing: [],
      uncovered: [],
      gaps: [],
      covers: [],
      rollback: [],
      description: {
        format: data.format,
        integrity: row.integrity,
        encrypted: row.publishedKey ? 'with a key that everybody has' : false,
        rollback: 'none in this format',
        repeat: `messlatte unpack FILE -o DIR; the page of ${data.format} names the layout`,
      },
    } as const
    for (const draft of packageEvidence(one)) out.evidence(draft)
  }
}

function schemeOf(format: string): UpdateWords {
  const title = titleOf(format)
  // A format's own title is English, and half a description: in German its name stands, which is also that of its page.
  return {
    name: 'vendor-image',
    it: text(`The image (${title})`, `Das Abbild (Format ${format})`),
    of: text(`of the image (${title})`, `des Abbilds (Format ${format})`),
    repeat: `change a byte, compute the checksum anew as the page of ${format} tells, and hand it to a unit`,
  }
}
